//! Candidates → the names that stand in a text. In: all candidates of a text, and what its article says. Out: hits that do
//! not overlap, and what was skipped with the reason. [`Settling::settle`] is the entry.
//!
//! What is sure is settled first: names as registered, of more than a short word. What then has a second sign joins, and all
//! is settled again, so that nothing depends on the order in which names stand.

use std::borrow::Cow;

use super::{
    Context, Hit, Skip, Why,
    index::Rank,
    scan::{Candidate, Glued},
};
use crate::text::{
    fold::{is_optional, is_word_char},
    letters::{gap, letters},
    spelling::Agreement,
};

/// A name of up to so many letters is short: with a particle it may be another word.
const SHORT: usize = 3;
/// Characters between two names beside each other, at most.
const NEAR: usize = 8;

/// Entities in order, each with the byte where it is first named in full.
type Named = Vec<(u32, Option<usize>)>;

/// Where an entity is first named in full, if it is; `None` if it is not among these.
fn first_of(full: &Named, entity: u32) -> Option<Option<usize>> {
    let at = full.binary_search_by_key(&entity, |it| it.0).ok()?;
    full.get(at).map(|it| it.1)
}

/// The candidates of a text on their way to hits.
pub(super) struct Settling<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    /// Bearers from here on are known to this article alone.
    n_known: u32,
    places: Vec<Place<'a>>,
    /// Positions of the places that stay, in order.
    kept: Vec<usize>,
    /// What does not count, and why.
    pub(super) skipped: Vec<Skip>,
}

/// A place where a name may stand, with everyone who bears it.
#[derive(Clone)]
struct Place<'a> {
    is: Candidate<'a>,
    bearers: Cow<'a, [u32]>,
    /// What it lacks.
    needs: Option<Why>,
}

impl<'a> Settling<'a> {
    pub(super) fn new(
        text: &'a str,
        (context, n_known): (&'a Context<'a>, u32),
        mut candidates: Vec<Candidate<'a>>,
    ) -> Self {
        if !context.short_forms {
            candidates.retain(|it| it.rank != Rank::Family);
        }
        // Each scan finds them in order.
        if !candidates.is_sorted_by_key(Candidate::order) {
            candidates.sort_by_key(Candidate::order);
        }
        let same = |a: &Candidate<'_>, b: &Candidate<'_>| a.order() == b.order();
        let places = candidates.chunk_by(same).filter_map(Place::of).collect();
        Self { text, context, n_known, places, kept: Vec::new(), skipped: Vec::new() }
    }

    /// Settles which places stay.
    pub(super) fn settle(&mut self) {
        for at in 0..self.places.len() {
            self.places[at].needs = self.lacks(&self.places[at]);
        }
        self.kept = best(&self.places, |place| place.needs.is_none());
        if self.kept.len() == self.places.len() {
            return;
        }
        let full = self.full_names();
        let passing: Vec<usize> = (0..self.places.len())
            .filter(|at| {
                self.places[*at].needs.is_some() && self.has_sign(&self.places[*at], &full)
            })
            .collect();
        for at in &passing {
            if self.places[*at].needs == Some(Why::Shared) {
                self.places[*at].bearers = self.family(&self.places[*at], &full).into();
            }
            self.places[*at].needs = None;
        }
        if !passing.is_empty() {
            self.kept = best(&self.places, |place| place.needs.is_none());
        }
        self.note_skipped(&full);
    }

    /// The names that stand in the text.
    pub(super) fn into_hits(self) -> impl Iterator<Item = Hit> {
        let Self { kept, places, .. } = self;
        let mut kept = kept.into_iter().peekable();
        (0..)
            .zip(places)
            .filter_map(move |(at, place)| kept.next_if_eq(&at).map(|_| place.into_hit()))
    }

    /// What a place lacks to be sure by itself.
    fn lacks(&self, place: &Place<'_>) -> Option<Why> {
        let Candidate { name, rank, glued, is_whole, grammar, .. } = place.is;
        if is_whole {
            return Some(Why::Whole);
        }
        if rank == Rank::Family {
            return Some(Why::Shared);
        }
        if self.is_declared(place) {
            return None;
        }
        let word = name.word()?;
        if self.is_in_phrase(place, word) {
            return Some(Why::Phrase);
        }
        if word.len() < 2 || grammar.is_common(word) || self.is_homograph(place) {
            return Some(Why::Common);
        }
        let is_short =
            (word.len() <= SHORT || grammar.is_of_phrases(word)) && !grammar.is_known(word);
        // Before a word of another script, a particle cannot be anything else.
        let is_unclear = matches!(glued, Glued::Conjunction | Glued::Particles)
            && !word.first().is_some_and(char::is_ascii);
        (is_short && is_unclear).then_some(Why::Short)
    }

    /// Whether a short name is not written as registered, and as written is a common word.
    fn is_homograph(&self, place: &Place<'_>) -> bool {
        place.is.agreement == Agreement::Spelling
            && place.is.grammar.is_common(&letters(&self.text[place.is.start..place.is.end]))
    }

    /// Whether a word is of a phrase with the one beside it.
    fn is_in_phrase(&self, place: &Place<'_>, word: &[char]) -> bool {
        let Candidate { start, end, word: from, grammar, .. } = place.is;
        if !grammar.may_be_in_phrase(word) {
            return false;
        }
        let is_inner = |c: char| is_word_char(c);
        let before = self.text[..from].strip_suffix(' ').filter(|_| from == start);
        let before = before.and_then(|text| text.rsplit(|c| !is_inner(c)).next()).map(letters);
        let after = self.text[end..].strip_prefix(' ');
        let after = after.and_then(|text| text.split(|c| !is_inner(c)).next()).map(letters);
        grammar.is_phrase(word, before.as_deref(), after.as_deref())
    }

    fn is_declared(&self, place: &Place<'_>) -> bool {
        let declared = self.context.declared;
        place.bearers.iter().any(|it| declared.contains(it) || *it >= self.n_known)
    }

    /// For each entity that is surely in the text: where it is first named in full, if it is.
    fn full_names(&self) -> Named {
        let sure = self.kept.iter().filter_map(|at| self.places.get(*at));
        let mut full: Named = sure
            .filter_map(|place| {
                let [bearer] = place.bearers[..] else { return None };
                Some((bearer, (place.is.name.words.len() > 1).then_some(place.is.start)))
            })
            .collect();
        // Of one entity the first place stays, before none.
        full.sort_unstable_by_key(|(bearer, at)| (*bearer, at.unwrap_or(usize::MAX)));
        full.dedup_by_key(|it| it.0);
        full
    }

    /// Whether something else in the article says that a place is a name.
    fn has_sign(&self, place: &Place<'_>, full: &Named) -> bool {
        let is_there = || place.bearers.iter().any(|it| first_of(full, *it).is_some());
        match place.needs {
            Some(Why::Short) => is_there() || self.is_coordinated(place),
            Some(Why::Common) => is_there(),
            Some(Why::Shared) => !self.is_homograph(place) && self.follows_full_name(place, full),
            _ => false,
        }
    }

    /// The bearers of a family name that are in the article.
    fn family(&self, place: &Place<'_>, full: &Named) -> Vec<u32> {
        let declared = self.context.declared;
        if place.bearers.len() <= full.len() {
            let is_there = |it: &u32| first_of(full, *it).is_some() || declared.contains(it);
            return place.bearers.iter().copied().filter(is_there).collect();
        }
        let there = full.iter().map(|it| it.0).chain(declared.iter().copied());
        let mut family: Vec<u32> =
            there.filter(|it| place.bearers.binary_search(it).is_ok()).collect();
        family.sort_unstable();
        family.dedup();
        family
    }

    /// Whether one bearer of a family name is in the article and has been named in full before, and no given name of
    /// someone else stands before it.
    fn follows_full_name(&self, place: &Place<'_>, full: &Named) -> bool {
        let [bearer] = self.family(place, full)[..] else { return false };
        let is_named = first_of(full, bearer).flatten().is_some_and(|at| at < place.is.start);
        is_named && !(place.is.glued == Glued::Nothing && self.follows_given_name(place))
    }

    fn follows_given_name(&self, place: &Place<'_>) -> bool {
        let before = &self.text[..place.is.word];
        let Some(rest) = before.strip_suffix(' ') else { return false };
        let word = rest.rsplit(char::is_whitespace).next().unwrap_or(rest);
        let word = letters(word.trim_start_matches(|c: char| !c.is_alphanumeric()));
        place.is.grammar.is_given(&word)
    }

    /// Whether a name stands beside a place, and «و» between them. A comma may stand before that, but not before a short
    /// word, which may be what happens next.
    fn is_coordinated(&self, place: &Place<'_>) -> bool {
        let is_long = place.is.name.word().is_some_and(|word| word.len() > SHORT);
        let joins = |gap: &str| gap.is_empty() || is_long && matches!(gap, "," | "\u{60C}");
        let mut sure = self.kept.iter().filter_map(|at| self.places.get(*at));
        sure.any(|other| {
            let (first, second) =
                if other.is.end <= place.is.word { (other, place) } else { (place, other) };
            second.is.glued == Glued::Conjunction
                && first.is.end <= second.is.word
                && first.is.block == second.is.block
                && is_near(&self.text[first.is.end..second.is.word])
                && joins(&gap(&self.text[first.is.end..second.is.word]))
        })
    }

    /// Notes what does not count.
    fn note_skipped(&mut self, full: &Named) {
        let mut skipped = Vec::new();
        for place in &self.places {
            let Some(why) = place.needs else { continue };
            // What stays does not overlap, and is in order.
            let at = self.kept.partition_point(|at| self.places[*at].is.end <= place.is.word);
            let next = self.kept.get(at).and_then(|at| self.places.get(*at));
            let is_within = next.is_some_and(|kept| kept.is.word < place.is.end);
            if !is_within && (why != Why::Shared || self.family(place, full).len() > 1) {
                skipped.push(Skip { hit: place.clone().into_hit(), why });
            }
        }
        self.skipped = skipped;
    }
}

impl<'a> Place<'a> {
    /// The candidates of one place: those who registered what is written there, or else what a reader takes it for.
    fn of(candidates: &[Candidate<'a>]) -> Option<Self> {
        let order = |it: &&Candidate<'_>| (it.rank, std::cmp::Reverse(it.agreement));
        let is = candidates.iter().min_by_key(order)?;
        let alike = candidates.iter().filter(|it| order(it) == order(&is));
        let bearers = if let [only] = candidates {
            Cow::Borrowed(only.name.bearers())
        } else {
            let mut bearers: Vec<u32> = alike.flat_map(|it| it.name.bearers()).copied().collect();
            bearers.sort_unstable();
            bearers.dedup();
            Cow::Owned(bearers)
        };
        Some(Self { is: is.clone(), bearers, needs: None })
    }

    fn into_hit(self) -> Hit {
        let Self { is: Candidate { word, start, end, block, is_variant, .. }, bearers, .. } = self;
        Hit { start, end, word, is_variant, block, bearers: bearers.into_owned() }
    }

    /// More words are better than fewer, then more letters.
    fn weight(&self) -> u64 {
        let name = self.is.name;
        (name.words.len() as u64) << 40 | u64::from(name.n_letters) << 20
    }
}

/// Positions of the places that leave the fewest words over without overlapping; of equal ways the one with fewer names,
/// then the one whose names end first.
fn best(places: &[Place<'_>], is_sure: impl Fn(&Place<'_>) -> bool) -> Vec<usize> {
    let mut sure: Vec<usize> = (0..places.len()).filter(|at| is_sure(&places[*at])).collect();
    let overlap = |pair: &[usize]| places[pair[1]].is.word < places[pair[0]].is.end;
    if !sure.windows(2).any(overlap) {
        return sure;
    }
    sure.sort_by_key(|at| (places[*at].is.end, places[*at].is.word, places[*at].is.start));
    // For the first n places: the weight of the best way, and whether the n-th is in it.
    let mut ways: Vec<(u64, bool)> = vec![(0, false)];
    let before: Vec<usize> = (0..sure.len())
        .map(|n| {
            let word = places[sure[n]].is.word;
            // Names are short: the last that ends before this one is near.
            n - sure[..n].iter().rev().take_while(|at| places[**at].is.end > word).count()
        })
        .collect();
    for n in 0..sure.len() {
        let with = ways[before[n]].0 + places[sure[n]].weight() - 1;
        let without = ways[n].0;
        ways.push(if with > without { (with, true) } else { (without, false) });
    }
    let mut kept = Vec::new();
    let mut n = sure.len();
    while n > 0 {
        if ways[n].1 {
            kept.push(sure[n - 1]);
            n = before[n - 1];
        } else {
            n -= 1;
        }
    }
    kept.sort_unstable();
    kept
}

/// Whether so little stands between two words that it may be nothing but space; marks that nobody counts are not counted.
fn is_near(between: &str) -> bool {
    between.chars().filter(|c| !is_optional(*c)).take(NEAR).count() < NEAR
}
