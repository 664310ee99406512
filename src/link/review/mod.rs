//! What an editor should know of the names in all texts. In: articles, one by one. Out: a [`Review`]: spellings that were
//! skipped, each once, and spellings that nobody registered and that may be a name's. [`Reviewer::article`] is the entry;
//! every thread may review at once, and [`Notes::add`] puts together what they noted.

mod variants;

use std::collections::BTreeMap;

use self::variants::Variants;
use super::{
    matcher::{Skip, Why},
    mentions::MentionFinder,
};
use crate::{
    diag::Place,
    model::{
        article::{Article, BodyScan},
        registry::Entity,
    },
    text::{fold::is_optional, words::fold_space},
};

/// How many places of a suggestion are named.
const PLACES: usize = 3;

/// What there is to tell of all texts.
#[derive(Debug, Default)]
pub struct Review {
    /// By why, then by how often, then by spelling.
    pub skipped: Vec<Skipped>,
    /// By how often, then by spelling.
    pub suggested: Vec<Suggested>,
}

/// A spelling that looks like a name and was not taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Why.
    pub why: Why,
    /// The word as written, its particles included.
    pub spelling: String,
    /// Ids of the entities whose it would be.
    pub entities: Vec<String>,
    /// How often.
    pub count: usize,
    /// The first place, by file.
    pub at: (String, Place),
}

/// A spelling that may be a name's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// As written.
    pub spelling: String,
    /// Id of the entity.
    pub entity: String,
    /// The registered name that it is like.
    pub name: String,
    /// How often.
    pub count: usize,
    /// The first places, by file.
    pub places: Vec<(String, Place)>,
}

type At = (String, Place);

/// How often something was seen, and where first.
type Noted = (usize, Vec<At>);

/// What was noted in some articles.
#[derive(Debug, Default)]
pub struct Notes {
    skipped: BTreeMap<(Why, String, Vec<u32>), Noted>,
    /// By spelling, position of the entity, and the registered name.
    variants: BTreeMap<(String, u32, String), Noted>,
}

impl Notes {
    /// Puts the notes of other articles to these.
    pub fn add(&mut self, other: Self) {
        for (key, noted) in other.skipped {
            join(self.skipped.entry(key).or_default(), noted, 1);
        }
        for (key, noted) in other.variants {
            join(self.variants.entry(key).or_default(), noted, PLACES);
        }
    }
}

fn join(all: &mut Noted, (count, places): Noted, n_kept: usize) {
    all.0 += count;
    all.1.extend(places);
    all.1.sort();
    all.1.truncate(n_kept);
}

/// Reviews articles.
#[derive(Debug)]
pub struct Reviewer<'a> {
    finder: MentionFinder<'a>,
    entities: &'a [Entity],
    variants: Variants<'a>,
}

impl<'a> Reviewer<'a> {
    /// A reviewer for the names that a finder finds; `entities` are those with a file.
    #[must_use]
    pub fn new(finder: MentionFinder<'a>, entities: &'a [Entity]) -> Self {
        Self { finder, entities, variants: Variants::new(entities) }
    }

    /// What there is to note of an article.
    #[must_use]
    pub fn article(&self, article: &Article, scan: &BodyScan) -> Notes {
        let mut notes = Notes::default();
        let text = article.body.text.as_str();
        let (reading, _) = self.finder.read(article, scan);
        let at = |start: usize| {
            let place = Place::of_offset(text, start, article.body.first_line);
            (article.summary.source.clone(), place)
        };
        for Skip { hit, why } in &reading.skipped {
            let key = (*why, spelling(&text[hit.word..hit.end]), hit.bearers.clone());
            join(notes.skipped.entry(key).or_default(), (1, vec![at(hit.word)]), 1);
        }
        let mut taken: Vec<(usize, usize)> =
            reading.hits.iter().map(|hit| (hit.word, hit.end)).collect();
        taken.extend(reading.skipped.iter().map(|skip| (skip.hit.word, skip.hit.end)));
        taken.sort_unstable();
        for found in self.variants.find(text, &scan.runs, &taken) {
            let key =
                (spelling(&text[found.start..found.end]), found.entity, found.name.to_owned());
            join(notes.variants.entry(key).or_default(), (1, vec![at(found.start)]), PLACES);
        }
        notes
    }

    /// What there is to tell, once every article has been reviewed.
    #[must_use]
    pub fn finish(&self, notes: Notes) -> Review {
        let id = |position: &u32| self.entities.get(*position as usize).map(|it| it.id.clone());
        let skipped = notes.skipped.into_iter().filter_map(|(key, (count, places))| {
            let (why, spelling, bearers) = key;
            let entities = bearers.iter().filter_map(id).collect();
            Some(Skipped { why, spelling, entities, count, at: places.into_iter().next()? })
        });
        let suggested = notes.variants.into_iter().filter_map(|(key, (count, places))| {
            let (spelling, entity, name) = key;
            Some(Suggested { spelling, entity: id(&entity)?, name, count, places })
        });
        let (mut skipped, mut suggested): (Vec<_>, Vec<_>) =
            (skipped.collect(), suggested.collect());
        skipped.sort_by_key(|it| (it.why, std::cmp::Reverse(it.count)));
        suggested.sort_by_key(|it| std::cmp::Reverse(it.count));
        Review { skipped, suggested }
    }
}

/// A spelling without what may be left out of it.
fn spelling(written: &str) -> String {
    let plain: String = written.chars().filter(|c| !is_optional(*c)).collect();
    fold_space(&plain)
}
