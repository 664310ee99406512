//! What is not said in every language of a site. In: an [`Outlook`]. Out: one [`Untranslated`] for each article, page, topic,
//! entity and story that lacks one, articles first and of these the newest: [`Outlook::untranslated`].

use super::Outlook;
use crate::{
    archive::Newsroom,
    model::{
        newsroom::{ArticleId, ListId, Shelf},
        tongue::Tongue,
    },
};

/// Something that a language of the site lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untranslated {
    /// Its file.
    pub source: String,
    /// What it is: `article`, `page`, `topic`, `entity`, `story`.
    pub what: &'static str,
    /// Its headline or name.
    pub name: String,
    /// The tags of the languages that lack it.
    pub missing: Vec<String>,
}

impl Outlook<'_> {
    /// The tags of the site's languages, its own first.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        let config = &self.now.newsroom.config;
        config.tongues().map(|tongue| config.tag(tongue).to_owned()).collect()
    }

    /// Everything that some language lacks: articles and pages that are not translated, and topics, entities and stories that
    /// are in its news and have no name in it.
    #[must_use]
    pub fn untranslated(&self) -> Vec<Untranslated> {
        let newsroom = self.now.newsroom;
        if !newsroom.config.is_multilingual() {
            return Vec::new();
        }
        let mut found: Vec<Untranslated> = Vec::new();
        for in_tongue in newsroom.in_tongues() {
            let newest = in_tongue.newest(Shelf::All);
            found.extend(newest.filter_map(|item| article(newsroom, in_tongue.tongue, item.id)));
        }
        found.extend(pages(newsroom));
        found.extend(newsroom.registry.lists().into_iter().filter_map(|it| list(newsroom, it)));
        found
    }
}

/// The languages that are not among some.
fn lacking(newsroom: &Newsroom, has: impl Fn(Tongue) -> bool) -> Vec<String> {
    let config = &newsroom.config;
    let missing = config.tongues().filter(|tongue| !has(*tongue));
    missing.map(|tongue| config.tag(tongue).to_owned()).collect()
}

/// An article, told of once for all its translations.
fn article(newsroom: &Newsroom, tongue: Tongue, id: ArticleId) -> Option<Untranslated> {
    let set = newsroom.translations(id);
    let is_first = set.first().is_none_or(|(first, _)| *first == tongue);
    let missing = lacking(newsroom, |tongue| set.iter().any(|(it, _)| *it == tongue));
    let summary = &newsroom.face(id).heading;
    (is_first && !missing.is_empty()).then(|| Untranslated {
        source: summary.source.clone(),
        what: "article",
        name: summary.title.clone(),
        missing,
    })
}

fn pages(newsroom: &Newsroom) -> Vec<Untranslated> {
    let pages = &newsroom.registry.pages;
    let has = |path: &str, tongue| pages.iter().any(|it| it.path == path && it.tongue == tongue);
    let first = |path: &str| pages.iter().filter(|it| it.path == path).map(|it| it.tongue).min();
    let page = |page: &crate::model::edition::StaticPage| {
        let missing = lacking(newsroom, |tongue| has(&page.path, tongue));
        let is_told = first(&page.path) == Some(page.tongue) && !missing.is_empty();
        is_told.then(|| Untranslated {
            source: page.source.clone(),
            what: "page",
            name: page.title.clone(),
            missing,
        })
    };
    pages.iter().filter_map(page).collect()
}

fn list(newsroom: &Newsroom, list: ListId) -> Option<Untranslated> {
    let is_nameless =
        |it: &&Newsroom| it.has_list(it.tongue, list) && it.foreign_name(list).is_some();
    let missing: Vec<String> =
        newsroom.in_tongues().filter(is_nameless).map(|it| it.config.language.clone()).collect();
    let (what, source) = match list {
        ListId::Topic(idx) => ("topic", &newsroom.topic(idx).source),
        ListId::Entity(idx) => ("entity", &newsroom.entity(idx).source),
        ListId::Story(idx) => ("story", &newsroom.story(idx).source),
    };
    let name = newsroom.list_name(list).to_owned();
    (!missing.is_empty()).then(|| Untranslated { source: source.clone(), what, name, missing })
}
