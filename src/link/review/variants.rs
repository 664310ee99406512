//! Spellings that nobody registered. In: names, then a text with the places that are taken. Out: words that have the
//! skeleton of a name and are written otherwise: [`Variants::find`].

use rustc_hash::FxHashMap;

use crate::{
    model::{
        article::TextRun,
        registry::{Entity, EntityKind, Matching},
    },
    text::{
        letters::{Word, codes, gap, letters},
        particles::{Grammar, grammar},
        skeleton::{Skeleton, differ},
    },
};

/// The most words of a spelling.
const WORDS: usize = 4;
/// A spelling has so many letters at least.
const LETTERS: usize = 4;

/// Alef and lam.
const ARTICLE: [char; 2] = ['\u{627}', '\u{644}'];

/// The names of all entities by their skeletons.
#[derive(Debug, Default)]
pub(super) struct Variants<'a> {
    names: Vec<Known<'a>>,
    /// By the consonants of all words. Only looked up, never iterated.
    by_consonants: FxHashMap<String, Vec<usize>>,
}

/// A registered name, or a part of one by which its bearer is called.
#[derive(Debug)]
struct Known<'a> {
    entity: u32,
    name: &'a str,
    letters: Vec<char>,
    n_words: usize,
    skeleton: Skeleton,
}

/// A spelling in a text.
pub(super) struct Found<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entity: u32,
    pub(super) name: &'a str,
}

/// A word of a text.
struct Token {
    start: usize,
    end: usize,
    letters: Vec<char>,
    /// Whether the word before it belongs to it.
    follows: bool,
}

impl<'a> Variants<'a> {
    pub(super) fn new(entities: &'a [Entity]) -> Self {
        let mut variants = Self::default();
        for (position, entity) in (0..).zip(entities) {
            if entity.matching != Matching::Auto {
                continue;
            }
            let aliases = entity.aliases.iter().map(|it| it.text.as_str());
            for name in [entity.name.as_str()].into_iter().chain(aliases) {
                variants.add(position, name);
                // Of a person, the last name stands alone as often.
                let last = name.rsplit_once(char::is_whitespace).map(|(_, last)| last);
                if entity.kind == Some(EntityKind::Person)
                    && let Some(last) = last
                {
                    variants.add(position, last);
                }
            }
        }
        variants
    }

    fn add(&mut self, entity: u32, name: &'a str) {
        let words: Vec<Vec<char>> = tokens(name, 0, name.len()).map(|it| it.letters).collect();
        let letters = words.concat();
        let skeleton = Skeleton::of_words(&words);
        let is_telling = skeleton.n_consonants() > 1 && letters.len() >= LETTERS;
        let is_arabic = letters.first().is_some_and(|c| matches!(c, '\u{620}'..='\u{6D3}'));
        if !is_telling || !is_arabic || words.len() > WORDS {
            return;
        }
        self.by_consonants.entry(skeleton.consonants.clone()).or_default().push(self.names.len());
        let n_words = words.len();
        self.names.push(Known { entity, name, letters, n_words, skeleton });
    }

    /// The spellings in a text outside the places that are taken.
    pub(super) fn find(
        &self,
        text: &str,
        runs: &[TextRun],
        taken: &[(usize, usize)],
    ) -> Vec<Found<'a>> {
        let grammar = grammar("ar");
        let is_taken = |start: usize, end: usize| {
            let at = taken.partition_point(|(_, taken_end)| *taken_end <= start);
            taken.get(at).is_some_and(|(taken_start, _)| *taken_start < end)
        };
        let mut found = Vec::new();
        for run in runs {
            let words: Vec<Token> = tokens(text, run.start as usize, run.end as usize).collect();
            let mut from = 0;
            while let Some(first) = words.get(from) {
                let longest = (1..=WORDS).rev().find_map(|n| {
                    let window = words.get(from..from + n)?;
                    let is_whole = window.iter().skip(1).all(|word| word.follows);
                    let (start, end) = (first.start, window.last()?.end);
                    let (glued, known) = is_whole
                        .then(|| self.behind_particles(text, window, grammar))
                        .flatten()
                        .filter(|_| !is_taken(start, end))
                        .filter(|(_, known)| {
                            let before = from.checked_sub(1).and_then(|at| words.get(at));
                            !is_adjective(known, &first.letters)
                                || before.is_some_and(is_place_next)
                        })?;
                    let start = start + glued;
                    Some((n, Found { start, end, entity: known.entity, name: known.name }))
                });
                from += longest.as_ref().map_or(1, |(n, _)| *n);
                found.extend(longest.map(|(_, found)| found));
            }
        }
        found
    }

    /// The one entity whose name may be spelled so, as the words stand or behind particles; and the bytes of those. What is
    /// short behind a particle is another word more often than not.
    fn behind_particles(
        &self,
        text: &str,
        window: &[Token],
        grammar: &Grammar,
    ) -> Option<(usize, &Known<'a>)> {
        let mut words: Vec<Vec<char>> = window.iter().map(|word| word.letters.clone()).collect();
        if let Some(known) = self.of(&words, grammar) {
            return Some((0, known));
        }
        let first = window.first()?;
        let written = text.get(first.start..first.end)?;
        let (code, _) = codes(written).next()?;
        if grammar.is_whole(&first.letters) {
            return None;
        }
        let n_letters = words.iter().map(Vec::len).sum::<usize>();
        grammar.prefixes(code).iter().find_map(|prefix| {
            let is_long = n_letters > LETTERS + prefix.len;
            let rest = first.letters.get(prefix.len..).filter(|it| is_long && !it.is_empty())?;
            written.strip_prefix(&*prefix.text)?;
            words[0] = rest.to_vec();
            Some((prefix.text.len(), self.of(&words, grammar)?))
        })
    }

    /// The one entity whose name may be spelled so.
    fn of(&self, words: &[Vec<char>], grammar: &Grammar) -> Option<&Known<'a>> {
        let letters = words.concat();
        let is_known = words.iter().any(|word| grammar.is_common(word))
            || words.iter().all(|word| grammar.is_whole(word));
        if letters.len() < LETTERS || is_known {
            return None;
        }
        let skeleton = Skeleton::of_words(words);
        let near = self.by_consonants.get(&skeleton.consonants)?.iter();
        let mut near = near.filter_map(|at| self.names.get(*at)).filter(|known| {
            let is_alike = if known.n_words == 1 && words.len() == 1 {
                // With three consonants, a long vowel more or less is a spelling; with two, it is another word.
                // A word with the article is seldom a foreign name, and a letter changes its meaning.
                let is_foreign =
                    !letters.starts_with(&ARTICLE) && !known.letters.starts_with(&ARTICLE);
                is_foreign
                    && is_one_letter(&bare(&known.letters), &bare(&letters))
                    && (known.skeleton.sounds == skeleton.sounds
                        || (skeleton.n_consonants() > 2 && known.skeleton.is_near(&skeleton)))
            } else {
                known.n_words.max(words.len()) < 2 + known.n_words.min(words.len())
                    && known.skeleton.is_near(&skeleton)
            };
            is_alike
                && bare(&known.letters) != bare(&letters)
                && !is_inflected(&known.letters, words)
                && begin_alike(&known.letters, &letters)
        });
        let first = near.next()?;
        near.all(|other| other.entity == first.entity).then_some(first)
    }
}

/// Whether a word is another form of a name, or of another word, and no spelling of it: «فرنسيًا» of «فرنسا», two clubs
/// («ناديي»), a word with a hamza within («عبأت»).
fn is_inflected(name: &[char], words: &[Vec<char>]) -> bool {
    const YEH: char = '\u{64A}';
    const ADVERB: [char; 2] = [YEH, '\u{627}'];
    let is_dual = |word: &Vec<char>| word.ends_with(&[YEH, YEH]);
    let has_hamza = |word: &[char]| word.iter().skip(1).any(|c| *c == '\u{623}');
    let is_adverb = |word: &Vec<char>| {
        let stem = name.strip_suffix(&['\u{627}']).or(name.strip_suffix(&['\u{629}']));
        stem.is_some_and(|stem| !stem.ends_with(&[YEH]) && word.strip_suffix(&ADVERB) == Some(stem))
    };
    words.iter().any(is_dual)
        || (words.iter().any(|word| has_hamza(word)) && !has_hamza(name))
        || matches!(words, [word] if is_adverb(word))
}

/// Whether two words differ in one letter: put in, left out, or written as another wherever it stands («غوغل», «جوجل»).
fn is_one_letter(name: &[char], word: &[char]) -> bool {
    let mut pairs = name.iter().zip(word).filter(|(a, b)| a != b);
    let first = pairs.next();
    differ(name, word) == 1 || (name.len() == word.len() && pairs.all(|pair| Some(pair) == first))
}

/// Whether two words may begin with one sound: a name in kaf or qaf begins with a k, which is never written as a g or j.
fn begin_alike(name: &[char], word: &[char]) -> bool {
    let is_k = |c: Option<&char>| c.map(|c| matches!(c, '\u{643}' | '\u{642}'));
    let is_g = |c: Option<&char>| matches!(c, Some('\u{62C}' | '\u{63A}' | '\u{64A}'));
    let (a, b) = (name.first(), word.first());
    is_k(a) == is_k(b) || !(is_g(a) || is_g(b))
}

/// Whether a word may be the adjective of a country's name: «روسية» of «روسيا».
fn is_adjective(known: &Known<'_>, word: &[char]) -> bool {
    known.letters.ends_with(&['\u{64A}', '\u{627}']) && word.ends_with(&['\u{64A}', '\u{629}'])
}

/// Whether a word is one behind which a place is named, and no adjective stands: in, from, to.
fn is_place_next(token: &Token) -> bool {
    const WORDS: [&[char]; 3] =
        [&['\u{641}', '\u{64A}'], &['\u{645}', '\u{646}'], &['\u{625}', '\u{644}', '\u{649}']];
    WORDS.contains(&&*token.letters)
}

/// Letters with every alef bare: whether it bears a hamza makes no other spelling.
fn bare(letters: &[char]) -> Vec<char> {
    let bare =
        |c: &char| if matches!(c, '\u{622}' | '\u{623}' | '\u{625}') { '\u{627}' } else { *c };
    letters.iter().map(bare).collect()
}

impl Skeleton {
    /// The skeleton of words, whatever stands between them.
    fn of_words(words: &[Vec<char>]) -> Self {
        words.iter().map(|word| Self::of(word)).fold(Self::default(), |mut all, word| {
            all.sounds.extend(word.sounds);
            all.consonants.push_str(&word.consonants);
            all
        })
    }
}

fn tokens(text: &str, start: usize, end: usize) -> impl Iterator<Item = Token> + '_ {
    let mut at = start;
    std::iter::from_fn(move || {
        let word = Word::next(text, at, end)?;
        let follows = gap(&text[at..word.start]).is_empty();
        at = word.end;
        let letters = letters(&text[word.start..word.end]);
        Some(Token { start: word.start, end: word.end, letters, follows })
    })
}
