//! All summaries and names → the newsroom. In: [`Material`]: everything parsed, and "now". Out: a [`Newsroom`]
//! of what is published, what is withheld and why, and diagnostics. [`newsroom`] is the entry;
//! [`mentions::sightings`] runs before it, once for each article, while its body is at hand.

mod body_links;
mod lookup;
pub mod matcher;
pub mod mentions;
mod publish;
mod references;

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use self::{
    mentions::Sighting,
    publish::Published,
    references::{References, Resolved},
};
use crate::{
    diag::Diagnostic,
    model::{
        article::{BodyLink, BodyScan, Summary},
        config::Config,
        edition::{Edition, StaticPage},
        links::Names,
        newsroom::{ArticleIdx, Media, Newsroom, Ties},
        registry::{Entity, Story, Topic},
        route,
    },
};

pub use publish::{Reason, Withheld};

/// Everything parsed, not yet linked.
#[derive(Debug)]
pub struct Material {
    /// Settings.
    pub config: Config,
    /// In the order of their paths.
    pub articles: Vec<Prepared>,
    /// In the order of their ids.
    pub topics: Vec<(Topic, BodyScan)>,
    /// In the order of their ids, as given to the mention finder.
    pub entities: Vec<(Entity, BodyScan)>,
    /// In the order of their ids.
    pub stories: Vec<(Story, BodyScan)>,
    /// In the order of their days.
    pub editions: Vec<(Edition, BodyScan)>,
    /// In the order of their paths.
    pub pages: Vec<(StaticPage, BodyScan)>,
    /// Paths of the files beside content.
    pub files: Vec<String>,
    /// Decides what is published.
    pub now: Timestamp,
    /// Whether an unknown topic, entity or story is an error.
    pub strict: bool,
}

/// An article whose body has been read and dropped.
#[derive(Debug)]
pub struct Prepared {
    /// What other pages may know.
    pub summary: Summary,
    /// Entities in its text.
    pub sightings: Vec<Sighting>,
    /// Links of its text.
    pub links: Vec<BodyLink>,
}

/// What `link` hands on.
#[derive(Debug)]
pub struct Linked {
    /// What is published.
    pub newsroom: Newsroom,
    /// What is not, and why, by path.
    pub withheld: Vec<Withheld>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Links everything that is published at `material.now`.
#[must_use]
pub fn newsroom(material: Material) -> Linked {
    let mut diagnostics = Vec::new();
    let Published { material, withheld, hidden } = publish::split(material);
    diagnostics.extend(references::duplicate_ids(&material));
    let mut resolved = references::resolve(&material, &mut diagnostics);
    let names = body_links::names(&material, &resolved, hidden);
    references::check_targets(&material, &names, &mut diagnostics);
    let refs = body_links::resolve_all(&material, &names, &mut diagnostics);
    for (references, refs) in resolved.articles.iter_mut().zip(refs.articles) {
        references.refs = refs;
    }
    let newsroom = assemble(material, resolved, names, refs.others);
    Linked { newsroom, withheld, diagnostics }
}

/// Puts together what has been resolved. Articles come newest first, so every list is filled in its order.
fn assemble(
    material: Material,
    resolved: Resolved,
    names: Names,
    refs: BTreeMap<String, crate::model::newsroom::Refs>,
) -> Newsroom {
    let Material { config, articles, editions, pages, .. } = material;
    let Resolved { articles: references, topics, entities, stories } = resolved;
    let mut newsroom = Newsroom {
        parents: topics.iter().map(|topic| references::parent(topic, &names)).collect(),
        topic_articles: vec![Vec::new(); topics.len()],
        entity_articles: vec![Vec::new(); entities.len()],
        story_articles: vec![Vec::new(); stories.len()],
        articles: Vec::with_capacity(articles.len()),
        ties: Vec::with_capacity(articles.len()),
        days: editions.iter().map(|(edition, _)| (edition.date, Vec::new())).collect(),
        editions: editions.into_iter().map(|(edition, _)| (edition.date, edition)).collect(),
        pages: pages.into_iter().map(|(page, _)| page).collect(),
        media: referred_media(&references, &refs),
        statics: BTreeMap::new(),
        topics,
        entities,
        stories,
        names,
        refs,
        config,
    };
    for (idx, (article, references)) in
        (0..).map(ArticleIdx).zip(articles.into_iter().zip(references))
    {
        newsroom.add(idx, article.summary, references);
    }
    newsroom
}

impl Newsroom {
    fn add(&mut self, idx: ArticleIdx, summary: Summary, references: References) {
        let References { topics, about, mentions, story, refs } = references;
        let route = route::permalink(&self.config.permalink, &summary);
        let ties = Ties { route, topics, about, mentions, story, refs };
        let day: Date = summary.date.day();
        self.days.entry(day).or_default().push(idx);
        ties.topics.iter().for_each(|topic| self.topic_articles[topic.0 as usize].push(idx));
        ties.entities().for_each(|entity| self.entity_articles[entity.0 as usize].push(idx));
        ties.story.iter().for_each(|story| self.story_articles[story.0 as usize].push(idx));
        self.articles.push(summary);
        self.ties.push(ties);
    }
}

/// Every file beside content that something published refers to; its bytes have not been looked at yet.
fn referred_media(
    articles: &[References],
    others: &BTreeMap<String, crate::model::newsroom::Refs>,
) -> BTreeMap<String, Media> {
    let all = articles.iter().map(|references| &references.refs).chain(others.values());
    all.flat_map(|refs| &refs.media)
        .map(|path| {
            let media = Media { route: route::media(path), size: None, digest: Default::default() };
            (path.clone(), media)
        })
        .collect()
}
