//! One article's text → the entities that it mentions. In: a [`Matcher`], an article, its scan. Out: sightings,
//! by first place: [`sightings`]. The sentences around them are made where they are shown: [`excerpt`].

use std::{collections::BTreeMap, sync::Arc};

use super::matcher::{Hit, Matcher};
use crate::{
    archive::{Registered, Registry},
    model::{
        article::{Article, BodyScan, TextRun},
        newsroom::{Excerpt, Mention},
        registry::{Entity, Matching},
        source::Written,
    },
    text::{fold, words},
};

/// The longest excerpt, in characters.
const EXCERPT_CHARS: usize = 240;

/// What `link` needs to find mentions in any article.
#[derive(Debug)]
pub struct MentionFinder<'a> {
    registry: &'a Registry,
    entities: &'a [Entity],
    matcher: Arc<Matcher>,
}

/// An entity seen in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Which one.
    pub who: Who,
    /// Byte ranges in the body, in order.
    pub places: Vec<(u32, u32)>,
    /// The running text around the first, as far as its block goes.
    pub block: Option<(u32, u32)>,
}

/// An entity before all are known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// With a file: its position.
    Known(u32),
    /// Named only in the article's front matter: its name as written there.
    Named(String),
}

impl<'a> MentionFinder<'a> {
    /// A finder for the names of the entities that have a file; `matcher` is [`matcher_of`] the same registry.
    #[must_use]
    pub fn new(registry: &'a Registry, matcher: Arc<Matcher>) -> Self {
        Self { registry, entities: filed(registry), matcher }
    }

    fn positions(&self, written: &str) -> Vec<u32> {
        self.registry.filed(Registered::Entity, written)
    }
}

/// The names of the entities that have a file, ready to be found.
#[must_use]
pub fn matcher_of(registry: &Registry) -> Matcher {
    Matcher::new(filed(registry))
}

/// The entities that have a file.
fn filed(registry: &Registry) -> &[Entity] {
    let n_filed = registry.n_filed(Registered::Entity) as usize;
    registry.entities.get(..n_filed).unwrap_or_default()
}

/// The entities that an article's text mentions.
#[must_use]
pub fn sightings(finder: &MentionFinder<'_>, article: &Article, scan: &BodyScan) -> Vec<Sighting> {
    let text = article.body.text.as_str();
    let (declared, named) = declared(finder, article);
    let excluded = excluded(finder, article);
    let mut found: BTreeMap<Who, Vec<Place>> = BTreeMap::new();
    let mut note = |who, hit: &Hit<'_>| {
        found.entry(who).or_default().push(Place {
            start: hit.start,
            end: hit.end,
            block: hit.block,
        });
    };
    for hit in finder.matcher.find(text, &scan.runs) {
        if let Some(position) = choose(finder, hit.bearers, &declared, &excluded) {
            note(Who::Known(position), &hit);
        }
    }
    let mut own = Matcher::default();
    (0..).zip(&named).for_each(|(position, name)| own.add(name, position));
    if !own.is_empty() {
        for hit in own.find(text, &scan.runs) {
            if let Some(name) = named.get(hit.bearers[0] as usize) {
                note(Who::Named(name.clone()), &hit);
            }
        }
    }
    let mut sightings: Vec<_> =
        found.into_iter().map(|(who, places)| sighting(&scan.runs, who, &places)).collect();
    sightings.sort_by_key(|sighting| sighting.places.first().copied());
    sightings
}

struct Place {
    start: usize,
    end: usize,
    block: u32,
}

/// What the front matter says the article is about: entities with a file, and names without one.
fn declared(finder: &MentionFinder<'_>, article: &Article) -> (Vec<u32>, Vec<String>) {
    let mut known = Vec::new();
    let mut named = Vec::new();
    let excluded = &article.summary.not_entities;
    let is_excluded =
        |it: &Written| excluded.iter().any(|other| fold::key(&other.text) == fold::key(&it.text));
    for written in &article.summary.entities {
        match finder.positions(&written.text).as_slice() {
            [] if is_excluded(written) => {}
            [] => named.push(written.text.clone()),
            found => known.extend(found),
        }
    }
    (known, named)
}

/// Entities, and folded names, that must not be linked here.
fn excluded(finder: &MentionFinder<'_>, article: &Article) -> Vec<u32> {
    let written = article.summary.not_entities.iter();
    written.flat_map(|written| finder.positions(&written.text)).collect()
}

/// The one entity that a name means here, if that is clear.
fn choose(
    finder: &MentionFinder<'_>,
    bearers: &[u32],
    declared: &[u32],
    excluded: &[u32],
) -> Option<u32> {
    let allowed = |position: &&u32| !excluded.contains(position);
    let mut own = bearers.iter().filter(allowed).filter(|position| declared.contains(position));
    if let Some(&position) = own.next() {
        return own.next().is_none().then_some(position);
    }
    let mut free = bearers.iter().filter(allowed).filter(|position| {
        finder.entities.get(**position as usize).is_some_and(|it| it.matching == Matching::Auto)
    });
    let position = *free.next()?;
    (free.next().is_none() && bearers.len() == 1).then_some(position)
}

fn sighting(runs: &[TextRun], who: Who, places: &[Place]) -> Sighting {
    let block = places.first().and_then(|place| {
        let runs = runs_of_block(runs, place);
        Some((runs.first()?.start, runs.last()?.end))
    });
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let places = places.iter().map(|place| (offset(place.start), offset(place.end))).collect();
    Sighting { who, places, block }
}

/// The sentence around the first mention of an entity, made again from the body; `scan` finds the running text of some
/// Markdown.
#[must_use]
pub fn excerpt(
    registry: &Registry,
    mention: &Mention,
    body: &str,
    scan: impl Fn(&str) -> BodyScan,
) -> Option<Excerpt> {
    let (start, end) = *mention.places.first()?;
    let (start, end) = (start as usize, end as usize);
    // A body that changed since it was filed may be shorter.
    body.get(start..end)?;
    let (from, to) = mention.block.map(|(from, to)| (from as usize, to as usize))?;
    let block = body.get(from..to).filter(|_| from <= start && end <= to)?;
    let (before, name, after) = if is_plain(block) {
        words::sentence_around(block, start - from, end - from, EXCERPT_CHARS)
    } else {
        // A line that begins a block and refers to nothing outside it is read without the rest of the body.
        let first = body[..from].rfind('\n').map_or(0, |at| at + 1);
        let last = body[to..].find('\n').map_or(body.len(), |at| to + at);
        let line = &body[first..last];
        let alone = !line.contains(['\n', '|'])
            && !line.contains("][")
            && !line.contains("[^")
            && !line.starts_with(char::is_whitespace)
            && (first == 0 || body[..first].ends_with("\n\n"));
        let (text, offset) = if alone { (line, first) } else { (body, 0) };
        let runs = scan(text).runs;
        let (start, end) = (start - offset, end - offset);
        let holds = |run: &&TextRun| (run.start as usize..run.end as usize).contains(&start);
        let run = runs.iter().find(holds).filter(|run| end <= run.end as usize)?;
        let place = Place { start, end, block: run.block };
        let (plain, start, end) = plain(registry, (text, &runs), &place);
        words::sentence_around(&plain, start, end, EXCERPT_CHARS)
    };
    Some(Excerpt { before: before.into(), name: name.into(), after: after.into() })
}

/// Whether a text has no character that could be markup within a block.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| b"*_`[]<>\\&~!|\n".contains(&byte))
}

/// The plain text of the block of a place, and where that stands in it.
fn plain(
    registry: &Registry,
    (text, runs): (&str, &[TextRun]),
    place: &Place,
) -> (String, usize, usize) {
    let mut plain = String::new();
    let (mut start, mut end) = (0, 0);
    let mut last: Option<usize> = None;
    for run in runs_of_block(runs, place) {
        let (from, to) = (run.start as usize, run.end as usize);
        if let Some(last) = last {
            plain.push_str(&without_markup(registry, &text[last..from]));
        }
        if (from..to).contains(&place.start) {
            start = plain.len() + place.start - from;
            end = plain.len() + place.end - from;
        }
        plain.push_str(&text[from..to]);
        last = Some(to);
    }
    (plain, start, end)
}

/// The neighbouring runs of a place's block.
fn runs_of_block<'r>(runs: &'r [TextRun], place: &Place) -> &'r [TextRun] {
    let at = runs.partition_point(|run| (run.end as usize) <= place.start).min(runs.len());
    let is_same = |run: &&TextRun| run.block == place.block;
    let before = runs[..at].iter().rev().take_while(is_same).count();
    let after = runs[at..].iter().take_while(is_same).count();
    &runs[at - before..at + after]
}

/// The text of what stands between two runs of a block: a link, code, emphasis marks, a footnote's mark.
fn without_markup(registry: &Registry, gap: &str) -> String {
    let mut plain = String::with_capacity(gap.len());
    let mut rest = gap;
    while let Some(open) = rest.find(['[', '<']) {
        plain.extend(rest[..open].chars().filter(|c| !"*_`~".contains(*c)));
        let (shown, after) = bracketed(registry, &rest[open..]);
        plain.push_str(shown);
        rest = after;
    }
    plain.extend(rest.chars().filter(|c| !"*_`~\\!".contains(*c)));
    plain
}

/// The name of the entity that a bare `[[id]]` shows; an ellipsis for what is not known yet, or not published.
fn named_by_id<'a>(registry: &'a Registry, id: &str) -> &'a str {
    let position = registry.filed(Registered::Entity, id).first().copied();
    let entity = position.and_then(|position| registry.entities.get(position as usize));
    entity.map_or("…", |entity| &entity.name)
}

/// What a link or tag at the start of `text` shows, and what comes after it.
fn bracketed<'t>(registry: &'t Registry, text: &'t str) -> (&'t str, &'t str) {
    if let Some(wiki) = text.strip_prefix("[[") {
        let (inside, after) = wiki.split_once("]]").unwrap_or((wiki, ""));
        let shown = match inside.split_once('|') {
            Some((_, shown)) => shown,
            None => named_by_id(registry, inside),
        };
        return (shown, after);
    }
    if let Some(tag) = text.strip_prefix('<') {
        return ("", tag.split_once('>').map_or("", |(_, after)| after));
    }
    let Some((shown, after)) = text[1..].split_once(']') else { return ("", &text[1..]) };
    let shown = if shown.starts_with('^') { "" } else { shown };
    match after.strip_prefix('(').and_then(|dest| dest.split_once(')')) {
        Some((_, after)) => (shown, after),
        None => (shown, after),
    }
}
