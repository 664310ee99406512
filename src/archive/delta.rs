//! What a build changed in the archive, as far as the plan must know it to find the pages that may change with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::{
    day::Month,
    newsroom::{ArticleId, ListId, Row, Stand},
    route::Route,
    tongue::Tongue,
};

/// How an article's place in the archive changes.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which article.
    pub id: ArticleId,
    /// Its source, by which articles of one instant are ordered.
    pub source: Box<str>,
    /// As it was.
    pub old: Option<Box<Row>>,
    /// As it is now.
    pub new: Option<Box<Row>>,
    /// Whether its address or the time of its declared change is another, or there is none before or after.
    pub moves: bool,
}

/// A list that changed.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// Its months before, newest first, with the number of articles in each.
    pub old_months: Vec<(Month, usize)>,
    /// The days of all articles that came, went or changed.
    pub days: BTreeSet<Date>,
    /// Whether every article stands where it stood: none came or went.
    pub stays: bool,
}

/// Everything that changed since the last build.
#[derive(Debug, Default)]
pub struct Delta {
    /// Articles.
    pub changes: Vec<Change>,
    /// The lists on which they stood or stand.
    pub touched: BTreeMap<Stand, Touched>,
    /// Lists that are new, or of which something else is told than before, whatever their articles.
    pub lists: BTreeSet<ListId>,
    /// Where articles were published that are published elsewhere now, or nowhere.
    pub left: Vec<Route>,
    /// Days whose edition in a language changed, or shows an article that did.
    pub editions: BTreeSet<(Tongue, Date)>,
    /// Keys of articles of which translations came, went or moved.
    pub translations: BTreeSet<u64>,
    /// Files beside content that changed, or that an article began or ceased to show.
    pub media: BTreeSet<String>,
    /// Files of `static/`, by their path there.
    pub statics: BTreeSet<String>,
    /// Old addresses.
    pub redirects: BTreeSet<String>,
}
