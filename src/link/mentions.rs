//! One article's text → the entities that it mentions. In: a [`Matcher`], an article, its scan. Out: sightings,
//! by first place, each with the sentences around it: [`sightings`].

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::matcher::{Context, Matcher, Reading};
use crate::{
    archive::{Registered, Registry},
    model::{
        article::{Article, BodyScan, TextRun},
        config::Config,
        newsroom::Excerpt,
        source::Written,
    },
    text::{fold, words},
};

/// The longest excerpt, in characters.
const EXCERPT_CHARS: usize = 240;
/// More bytes of text than a sentence of that length has on one side of a name.
const NEARBY: usize = 16 * EXCERPT_CHARS;
/// A longer spelling, in bytes, is no name by which anybody goes.
const SPELLING: usize = 200;

/// What `link` needs to find mentions in any article.
#[derive(Debug)]
pub struct MentionFinder<'a> {
    registry: &'a Registry,
    config: &'a Config,
    matcher: Arc<Matcher>,
    /// Entities with a file.
    n_filed: u32,
}

/// An entity seen in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Which one.
    pub who: Who,
    /// Byte ranges in the body, in order.
    pub places: Vec<(u32, u32)>,
    /// The sentences around them, each once.
    pub excerpts: Vec<Excerpt>,
    /// How the name is spelled there where nobody registered that, each spelling once.
    pub spellings: Vec<Box<str>>,
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
    pub fn new(registry: &'a Registry, config: &'a Config, matcher: Arc<Matcher>) -> Self {
        let n_filed = registry.n_filed(Registered::Entity);
        Self { registry, config, matcher, n_filed }
    }

    fn positions(&self, written: &str) -> Vec<u32> {
        self.registry.filed(Registered::Entity, written)
    }

    /// The names in an article's text, and those that it names itself, which have no file.
    #[must_use]
    pub fn read(&self, article: &Article, scan: &BodyScan) -> (Reading, Vec<String>) {
        let summary = &article.summary;
        let (declared, named) = declared(self, article);
        let excluded: Vec<u32> =
            summary.not_entities.iter().flat_map(|it| self.positions(&it.text)).collect();
        let own = (!named.is_empty()).then(|| Matcher::of_names(&named, self.n_filed));
        let context = Context {
            language: summary.lang.as_deref().unwrap_or(&self.config.language),
            declared: &declared,
            excluded: &excluded,
            own: own.as_ref(),
            short_forms: self.config.mentions.short_forms,
        };
        (self.matcher.read(&article.body.text, &scan.runs, &context), named)
    }
}

/// The names of the entities that have a file, in every language of the site, ready to be found.
#[must_use]
pub fn matcher_of(registry: &Registry) -> Matcher {
    matcher_among(registry, |_| true)
}

/// The same with the names of those entities alone whose positions are wanted.
#[must_use]
pub fn matcher_among(registry: &Registry, is_wanted: impl Fn(u32) -> bool) -> Matcher {
    let n_filed = registry.n_filed(Registered::Entity);
    let entity = |position: u32| registry.entities.get(position as usize);
    Matcher::among((n_filed, &entity), registry.names_told(), is_wanted)
}

/// The entities that an article's text mentions.
#[must_use]
pub fn sightings(finder: &MentionFinder<'_>, article: &Article, scan: &BodyScan) -> Vec<Sighting> {
    let text = article.body.text.as_str();
    let (reading, named) = finder.read(article, scan);
    let with_particles = finder.config.mentions.with_particles;
    let mut found: BTreeMap<Who, Vec<Place>> = BTreeMap::new();
    for hit in reading.hits {
        let Some(&bearer) = hit.bearers.first() else { continue };
        let who = match bearer.checked_sub(finder.n_filed) {
            None => Who::Known(bearer),
            Some(at) => match named.get(at as usize) {
                Some(name) => Who::Named(name.clone()),
                None => continue,
            },
        };
        let start = if with_particles { hit.word } else { hit.start };
        let spelled = hit.is_variant.then_some(hit.start);
        found.entry(who).or_default().push(Place {
            start,
            end: hit.end,
            block: hit.block,
            spelled,
        });
    }
    let sighting = |(who, places): (Who, Vec<Place>)| {
        sighting(finder.registry, (text, &scan.runs), who, &places)
    };
    let mut sightings: Vec<_> = found.into_iter().map(sighting).collect();
    sightings.sort_by_key(|sighting| sighting.places.first().copied());
    sightings
}

struct Place {
    start: usize,
    end: usize,
    block: u32,
    /// Where the name begins, if nobody registered how it is spelled here.
    spelled: Option<usize>,
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

fn sighting(
    registry: &Registry,
    running: (&str, &[TextRun]),
    who: Who,
    places: &[Place],
) -> Sighting {
    let excerpts = excerpts(registry, running, places);
    let spellings = spellings(running.0, places);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let places = places.iter().map(|place| (offset(place.start), offset(place.end))).collect();
    Sighting { who, places, excerpts, spellings }
}

/// The sentences around the places of one name, each once.
fn excerpts(
    registry: &Registry,
    running @ (text, runs): (&str, &[TextRun]),
    places: &[Place],
) -> Vec<Excerpt> {
    let mut excerpts = Vec::with_capacity(1);
    let mut last: Option<&Place> = None;
    for place in places {
        if last.is_none_or(|last| are_apart(text, runs, (last, place))) {
            excerpts.extend(excerpt(registry, running, place));
        }
        last = Some(place);
    }
    excerpts
}

/// Whether two places that follow each other are of two sentences.
fn are_apart(text: &str, runs: &[TextRun], (first, second): (&Place, &Place)) -> bool {
    let ends = |run: &TextRun| {
        let from = first.end.max(run.start as usize);
        words::ends_between(text, from, second.start.min(run.end as usize))
    };
    let from = runs.partition_point(|run| (run.end as usize) <= first.end);
    let mut between = runs[from..].iter().take_while(|run| (run.start as usize) < second.start);
    first.block != second.block || between.any(|run| run.block == second.block && ends(run))
}

/// The spellings at the places of one name that nobody registered, as they stand where no markup is within.
fn spellings(text: &str, places: &[Place]) -> Vec<Box<str>> {
    let mut all: Vec<Box<str>> = Vec::new();
    for place in places {
        let written = place.spelled.and_then(|start| text.get(start..place.end));
        let Some(written) = written.filter(|it| it.len() <= SPELLING && is_plain(it)) else {
            continue;
        };
        let spelling: String = written.chars().filter(|c| !fold::is_optional(*c)).collect();
        if !all.iter().any(|other| **other == *spelling) {
            all.push(spelling.into());
        }
    }
    all
}

/// The sentence around a place of a text.
fn excerpt(
    registry: &Registry,
    (text, runs): (&str, &[TextRun]),
    place: &Place,
) -> Option<Excerpt> {
    let (runs, part) = nearby(text, runs, place)?;
    let source = text.get(part.clone())?;
    let (before, name, after) = if is_plain(source) {
        let (start, end) = (place.start - part.start, place.end - part.start);
        words::sentence_around(source, start, end, EXCERPT_CHARS)
    } else {
        let (plain, start, end) = plain(registry, (text, runs, part), place);
        words::sentence_around(&plain, start, end, EXCERPT_CHARS)
    };
    Some(Excerpt { before: before.into(), name: name.into(), after: after.into() })
}

/// Whether a text has no character that could be markup within a block.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| MARKUP[usize::from(byte)])
}

/// For each byte whether it could be markup within a block.
static MARKUP: [bool; 256] = {
    let mut bytes = [false; 256];
    let marks = b"*_`[]<>\\&~!|\n";
    let mut at = 0;
    while at < marks.len() {
        bytes[marks[at] as usize] = true;
        at += 1;
    }
    bytes
};

/// The plain text of a part of a block, and where a place of it stands there; the part begins and ends in the first and
/// last of the runs.
fn plain(
    registry: &Registry,
    (text, runs, part): (&str, &[TextRun], Range<usize>),
    place: &Place,
) -> (String, usize, usize) {
    let mut plain = String::new();
    let (mut start, mut end) = (0, 0);
    let mut last: Option<usize> = None;
    for run in runs {
        let (from, to) = (part.start.max(run.start as usize), part.end.min(run.end as usize));
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

/// The part of its block around a place, and its runs: no more text on either side than [`NEARBY`], so that a name in each
/// sentence of a long block does not cost the block each time.
fn nearby<'r>(
    text: &str,
    runs: &'r [TextRun],
    place: &Place,
) -> Option<(&'r [TextRun], Range<usize>)> {
    let is_same = |run: &&TextRun| run.block == place.block;
    let length = |run: &TextRun| run.end.saturating_sub(run.start) as usize;
    let at = runs.partition_point(|run| (run.end as usize) <= place.start);
    let own = runs.get(at).filter(is_same)?;
    let (mut first, mut last) = (at, at);
    let mut before = place.start.saturating_sub(own.start as usize);
    let mut after = (own.end as usize).saturating_sub(place.end);
    while before < NEARBY
        && let Some(run) = runs[..first].last().filter(is_same)
    {
        before += length(run);
        first -= 1;
    }
    while after < NEARBY
        && let Some(run) = runs.get(last + 1).filter(is_same)
    {
        after += length(run);
        last += 1;
    }
    let start = runs[first].start as usize + before.saturating_sub(NEARBY);
    let end = (runs[last].end as usize).saturating_sub(after.saturating_sub(NEARBY));
    let part = text.floor_char_boundary(start)..text.floor_char_boundary(end);
    Some((&runs[first..=last], part))
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
