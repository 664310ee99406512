//! A day's edition as its editor shaped it, and the pages that stand outside the news.

use std::collections::BTreeMap;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{Digest, article::Body, source::Written, tongue::Tongue};

/// The editor's intro and order for one day; a day without a file has an edition all the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Edition {
    /// Its file.
    pub source: String,
    /// Its language.
    pub tongue: Tongue,
    /// The day, from the file's name.
    #[serde(with = "super::moment::day")]
    pub date: civil::Date,
    /// A title of its own.
    pub title: Option<String>,
    /// At most some sixty words. Plain text.
    pub intro: Option<String>,
    /// Articles in order, as written.
    pub items: Vec<Written>,
    /// What is coming.
    pub agenda: Vec<AgendaItem>,
    /// Markdown under the intro.
    pub body: Body,
    /// Of the whole file.
    pub digest: Digest,
}

/// Something expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The day, if it is known.
    #[serde(with = "super::moment::maybe_day")]
    pub date: Option<civil::Date>,
    /// What is expected. Plain text.
    pub text: String,
}

/// A page outside the news: about, policies.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaticPage {
    /// Its file.
    pub source: String,
    /// Path below `content/pages/` without extension and language: `about`, `policies/ethics`.
    pub path: String,
    /// Heading.
    pub title: String,
    /// For search engines and cards.
    pub summary: Option<String>,
    /// BCP 47, if it differs from the site's.
    pub lang: Option<String>,
    /// The language of the site in which it is published.
    pub tongue: Tongue,
    /// Old URLs that lead here.
    pub aliases: Vec<Written>,
    /// Not to be published.
    pub draft: bool,
    /// Markdown.
    pub body: Body,
    /// Keys that brief does not know, for templates.
    #[serde(with = "super::extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Of the whole file.
    pub digest: Digest,
}
