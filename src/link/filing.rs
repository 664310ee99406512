//! One article with its body at hand → all that the archive keeps of it. In: an article and its scan. Out: [`Filing`].
//! [`Filer::file`] is the entry; every thread may file at once.

use std::sync::Arc;

use super::{
    matcher::{Matcher, signature, word_keys},
    mentions::{MentionFinder, Sighting, Who, sightings},
};
use crate::{
    archive::{Encoded, Registered, Registry, StoreError},
    diag::Diagnostic,
    link::unfiled,
    model::{
        article::{Article, BodyScan},
        config::Config,
        links::id_key,
        newsroom::{EntityIdx, Filed, Mention, StoryIdx, Ties, TopicIdx},
        route::{self, Route},
        source::Written,
    },
    text::fold,
};

/// Files articles under the names of a registry.
#[derive(Debug)]
pub struct Filer<'a> {
    registry: &'a Registry,
    config: &'a Config,
    finder: MentionFinder<'a>,
}

/// An article, filed as far as the registry knows what it names.
#[derive(Debug)]
pub struct Filing {
    /// What is kept; names that nobody knows are missing until [`Filing::complete`].
    pub filed: Filed,
    /// Names without a file that the registry does not know yet: the kind, the key of the name, and the name.
    pub unknown: Vec<(Registered, String, Written)>,
    /// Names whose bearer is not clear.
    pub diagnostics: Vec<Diagnostic>,
    sightings: Vec<Sighting>,
    /// By which it is found when a name changes.
    signature: Vec<u8>,
}

impl<'a> Filer<'a> {
    /// A filer for what `registry` knows; `matcher` finds its names.
    #[must_use]
    pub fn new(registry: &'a Registry, config: &'a Config, matcher: Arc<Matcher>) -> Self {
        Self { registry, config, finder: MentionFinder::new(registry, config, matcher) }
    }

    /// Files an article.
    #[must_use]
    pub fn file(&self, article: Article, scan: BodyScan) -> Filing {
        let sightings = sightings(&self.finder, &article, &scan);
        let ties = Ties {
            route: Route::new(format!(
                "{}{}",
                self.config.prefix(article.summary.tongue),
                route::permalink(&self.config.permalink, &article.summary)
            )),
            ..Ties::default()
        };
        let signature = self.signature(&article, &scan);
        let mut filing = Filing {
            filed: Filed {
                ties,
                summary: article.summary,
                mentions: Vec::new(),
                links: scan.links,
            },
            unknown: Vec::new(),
            diagnostics: Vec::new(),
            sightings,
            signature,
        };
        filing.complete(self.registry);
        filing.report_ambiguous(self.registry);
        filing
    }

    /// Of the words of an article, and of the names in its front matter.
    fn signature(&self, article: &Article, scan: &BodyScan) -> Vec<u8> {
        let summary = &article.summary;
        let named = summary.topics.iter().chain(&summary.entities).chain(&summary.story);
        let named = named.chain(&summary.not_entities);
        let mut keys: Vec<u64> = named.map(|it| id_key(&fold::key(&it.text))).collect();
        keys.extend(words(article, scan, self.config));
        signature(&keys)
    }
}

/// The keys of the words of an article's text.
#[must_use]
pub fn words(article: &Article, scan: &BodyScan, config: &Config) -> Vec<u64> {
    let language = article.summary.lang.as_deref().unwrap_or(&config.language);
    word_keys(&article.body.text, &scan.runs, language)
}

impl Filing {
    /// Looks every name up again, once the registry knows those that have no file.
    pub fn complete(&mut self, registry: &Registry) {
        let mut unknown = Vec::new();
        let mut position = |kind, written: &Written| {
            let found = registry.filed(kind, &written.text).first().copied();
            found.or_else(|| {
                let key = unfiled::key(&written.text);
                let position = registry.unfiled(kind, &key);
                if position.is_none() {
                    unknown.push((kind, key, written.clone()));
                }
                position
            })
        };
        let summary = &self.filed.summary;
        let topics = unique(&summary.topics, |it| position(Registered::Topic, it));
        let about = unique(&summary.entities, |it| position(Registered::Entity, it));
        let story = summary.story.as_ref().and_then(|it| position(Registered::Story, it));
        let mention = |sighting: &Sighting| {
            let entity = entity(registry, &sighting.who)?;
            let (places, spellings) = (sighting.places.clone(), sighting.spellings.clone());
            Some(Mention { entity, places, spellings })
        };
        self.filed.mentions = self.sightings.iter().filter_map(mention).collect();
        let ties = &mut self.filed.ties;
        ties.topics = topics.into_iter().map(TopicIdx).collect();
        ties.about = about.into_iter().map(EntityIdx).collect();
        ties.story = story.map(StoryIdx);
        self.unknown = unknown;
    }

    /// As the archive keeps it.
    ///
    /// # Errors
    /// As [`Encoded::new`].
    pub fn encode(&self, registry: &Registry) -> Result<Encoded, StoreError> {
        let mut excerpts = Vec::with_capacity(self.sightings.len());
        for Sighting { who, excerpts: own, .. } in &self.sightings {
            let entity = entity(registry, who);
            excerpts.extend(own.iter().filter_map(|excerpt| Some((entity?, excerpt))));
        }
        Encoded::new(&self.filed, &excerpts, &self.signature)
    }

    /// Drops what is kept of the text once it is encoded: of many articles together it is much.
    pub fn settle(&mut self) {
        (self.sightings, self.signature) = (Vec::new(), Vec::new());
    }

    fn report_ambiguous(&mut self, registry: &Registry) {
        let summary = &self.filed.summary;
        let topics = summary.topics.iter().map(|it| (Registered::Topic, it));
        let entities = summary.entities.iter().map(|it| (Registered::Entity, it));
        let story = summary.story.iter().map(|it| (Registered::Story, it));
        for (kind, written) in topics.chain(entities).chain(story) {
            if registry.filed(kind, &written.text).len() > 1 {
                let (noun, folder) = (kind.noun(), kind.folder());
                let message = format!("«{}» is the name of more than one {noun}", written.text);
                let place = written.place;
                self.diagnostics.push(
                    Diagnostic::warning(&summary.source, place, "ambiguous-name", message).hint(
                        format!(
                            "write the id of the one you mean: the name of its file in \
                             content/{folder}/"
                        ),
                    ),
                );
            }
        }
    }
}

fn unique(written: &[Written], position: impl FnMut(&Written) -> Option<u32>) -> Vec<u32> {
    let mut positions = Vec::with_capacity(written.len());
    for position in written.iter().filter_map(position) {
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
    positions
}

fn entity(registry: &Registry, who: &Who) -> Option<EntityIdx> {
    let position = match who {
        Who::Known(number) => *number,
        Who::Named(name) => registry.unfiled(Registered::Entity, &unfiled::key(name))?,
    };
    Some(EntityIdx(position))
}
