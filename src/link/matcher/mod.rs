//! Finds names in running text. In: the entities of a site, then a text and the ranges to look in. Out: [`Hit`]s in
//! order, not overlapping. The doors are [`Matcher::new`], and [`Matcher::find`] for a text alone or [`Matcher::read`]
//! for an article that says what it is about.
//!
//! 1. [`index`]: the spellings of every name, by their first words.
//! 2. [`scan`]: each word of a text, as it stands and without the particles that its language glues to names → candidates.
//! 3. [`settle`]: what does not carry its weight goes (a short word that only a particle makes a name), then of names that
//!    overlap those stay that leave the fewest words over.
//!
//! [`signature`] tells which articles a changed name may reach, without reading them, and which names a text may hold.

mod family;
mod index;
mod scan;
mod settle;
mod signature;
mod spellings;

pub use self::signature::{Needle, Openings, may_hold, needles, signature, word_keys};
use self::{index::Index, scan::Scanner, settle::Settling};
use crate::{
    model::{
        article::TextRun,
        registry::{Entity, EntityKind, Matching},
    },
    text::particles::{Grammar, grammar},
};

/// The names of all entities, ready to be looked for.
#[derive(Debug, Default)]
pub struct Matcher {
    index: Index,
    /// How the names of each entity are looked for.
    matching: Vec<Matching>,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// First byte of the name in the text.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
    /// First byte of the word that the name begins in: before the particles that are glued to it.
    pub word: usize,
    /// Whether nobody registered it as it is written here.
    pub is_variant: bool,
    /// Number of the block it is in.
    pub block: u32,
    /// Positions, in the list given to [`Matcher::new`], of the entities that bear the name.
    pub bearers: Vec<u32>,
}

/// What an article says of the names in it.
#[derive(Debug, Clone, Copy)]
pub struct Context<'c> {
    /// Language of the text (BCP 47).
    pub language: &'c str,
    /// Entities that the article is about.
    pub declared: &'c [u32],
    /// Entities that must not be found in it.
    pub excluded: &'c [u32],
    /// Names that only this article knows, which the article itself names; their bearers are counted on from the entities
    /// of the site.
    pub own: Option<&'c Matcher>,
    /// Whether a family name counts after the full name.
    pub short_forms: bool,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self { language: "", declared: &[], excluded: &[], own: None, short_forms: true }
    }
}

/// What was found in an article.
#[derive(Debug, Default)]
pub struct Reading {
    /// Names, each of one entity.
    pub hits: Vec<Hit>,
    /// What looks like a name and does not count.
    pub skipped: Vec<Skip>,
}

/// What looks like a name and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Where, and whose it would be.
    pub hit: Hit,
    /// Why not.
    pub why: Why,
}

/// Why what looks like a name does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A common word.
    Common,
    /// A word that is whole as it is: its first letter is no particle.
    Whole,
    /// A word of a phrase («بالتعاون مع»), or an adjective («السفارة السعودية»).
    Phrase,
    /// A short word that only a particle makes a name.
    Short,
    /// More than one entity is called so.
    Ambiguous,
    /// The editor wants it where an article names it.
    Exact,
    /// A family name that two entities of the article share.
    Shared,
}

impl Matcher {
    /// A matcher for the names and aliases of `entities`, except those that are never to be matched.
    #[must_use]
    pub fn new(entities: &[Entity]) -> Self {
        Self::with_names(entities, [].into_iter())
    }

    /// The same with what the entities at some positions are called in other languages.
    #[must_use]
    pub fn with_names<'n>(entities: &[Entity], told: impl Iterator<Item = (u32, &'n str)>) -> Self {
        let n_entities = u32::try_from(entities.len()).unwrap_or(u32::MAX);
        Self::among((n_entities, &|at| entities.get(at as usize)), told, |_| true)
    }

    /// The same with the names of those entities alone whose positions are wanted: for a text in which no other can stand, as
    /// [`Openings`] tell.
    #[must_use]
    pub fn among<'n, 'e>(
        (n_entities, entity): (u32, &dyn Fn(u32) -> Option<&'e Entity>),
        told: impl Iterator<Item = (u32, &'n str)>,
        is_wanted: impl Fn(u32) -> bool,
    ) -> Self {
        let mut matcher = Self::default();
        for position in 0..n_entities {
            // Nothing is asked of an entity that is not wanted: its names are not found.
            let entity = is_wanted(position).then(|| entity(position)).flatten();
            matcher.matching.push(entity.map_or(Matching::Never, |it| it.matching));
            if let Some(entity) = entity.filter(|it| it.matching != Matching::Never) {
                let is_person = entity.kind == Some(EntityKind::Person);
                matcher.index.add(&entity.all_names(), position, is_person);
            }
        }
        for (position, name) in told.filter(|(position, _)| is_wanted(*position)) {
            let kind = entity(position).and_then(|entity| entity.kind);
            matcher.index.add(&[name], position, kind == Some(EntityKind::Person));
        }
        matcher.index.close();
        matcher
    }

    /// A matcher for names without a file; the position of the first is `from`.
    #[must_use]
    pub fn of_names(names: &[String], from: u32) -> Self {
        let mut matcher = Self::default();
        for (position, name) in (from..).zip(names) {
            matcher.index.add(&[name], position, false);
        }
        matcher.index.close();
        matcher
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The names in the given ranges of a text of which nothing else is known. A name that several entities bear is among
    /// them, with all its bearers.
    #[must_use]
    pub fn find(&self, text: &str, runs: &[TextRun]) -> Vec<Hit> {
        let context = Context::default();
        let mut settling = self.settling(text, runs, &context);
        let is_free = |position: &u32| self.matching_of(*position) == Matching::Auto;
        settling.settle();
        settling.into_hits().filter(|hit| hit.bearers.iter().any(is_free)).collect()
    }

    /// The names in the given ranges of an article's text, each with the one entity that it means there.
    #[must_use]
    pub fn read(&self, text: &str, runs: &[TextRun], context: &Context<'_>) -> Reading {
        let mut settling = self.settling(text, runs, context);
        settling.settle();
        let mut reading =
            Reading { hits: Vec::new(), skipped: std::mem::take(&mut settling.skipped) };
        for mut hit in settling.into_hits() {
            match self.choose(&hit.bearers, context) {
                Ok(bearer) => {
                    hit.bearers.clear();
                    hit.bearers.push(bearer);
                    reading.hits.push(hit);
                }
                Err(Some(why)) => reading.skipped.push(Skip { hit, why }),
                Err(None) => {}
            }
        }
        reading
    }

    fn settling<'a>(
        &'a self,
        text: &'a str,
        runs: &[TextRun],
        context: &'a Context<'a>,
    ) -> Settling<'a> {
        let grammar: &'static Grammar = grammar(context.language);
        let mut candidates = Vec::new();
        let indexes = [Some(&self.index), context.own.map(|own| &own.index)];
        for index in indexes.into_iter().flatten().filter(|index| !index.is_empty()) {
            let scanner = Scanner::new(index, grammar, text);
            runs.iter().for_each(|run| scanner.scan(*run, &mut candidates));
        }
        let n_known = u32::try_from(self.matching.len()).unwrap_or(u32::MAX);
        Settling::new(text, (context, n_known), candidates)
    }

    fn matching_of(&self, position: u32) -> Matching {
        self.matching.get(position as usize).copied().unwrap_or_default()
    }

    /// The one entity that a name means; why it means none, unless the article itself says so.
    fn choose(&self, bearers: &[u32], context: &Context<'_>) -> Result<u32, Option<Why>> {
        let allowed = || bearers.iter().filter(|it| !context.excluded.contains(it));
        let is_own = |position: u32| {
            context.declared.contains(&position) || position as usize >= self.matching.len()
        };
        let mut own = allowed().filter(|position| is_own(**position));
        match (own.next(), own.next(), bearers) {
            (Some(&position), None, _) => return Ok(position),
            (Some(_), Some(_), _) => return Err(Some(Why::Ambiguous)),
            (None, _, [_]) => {}
            (None, _, _) if allowed().next().is_none() => return Err(None),
            (None, _, _) => return Err(Some(Why::Ambiguous)),
        }
        match allowed().next() {
            None => Err(None),
            Some(&position) if self.matching_of(position) == Matching::Auto => Ok(position),
            Some(_) => Err(Some(Why::Exact)),
        }
    }
}
