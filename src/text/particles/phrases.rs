//! Where a word that may be a name is none. In: a word and those beside it. Out: whether it is of a phrase
//! ([`Grammar::is_phrase`]).

use super::{Grammar, Prefix, Words, letters};

/// Words that are no names in some places.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    words: Words,
    /// The word, a space, and what stands before it.
    before: Words,
    /// The same with what stands behind it.
    after: Words,
}

impl Phrases {
    pub(super) fn of(text: &'static str) -> Self {
        let mut phrases = Self::default();
        let mut word = "";
        for line in text.lines() {
            let Some((sign, rest)) = line.split_once(' ') else { continue };
            let pairs = |all: &mut Words| {
                let pairs = rest.split_whitespace().map(|other| format!("{word} {other}"));
                all.put(
                    pairs.map(|pair| pair.split(' ').map(letters).collect::<Vec<_>>().join(&' ')),
                );
            };
            match sign {
                "+" => {
                    word = rest;
                    phrases.words.put([letters(word)].into_iter());
                }
                "<" => pairs(&mut phrases.before),
                ">" => pairs(&mut phrases.after),
                _ => {}
            }
        }
        phrases
    }
}

impl Grammar {
    /// Whether there are phrases in which a word that may be a name is none.
    #[must_use]
    pub fn may_be_in_phrase(&self, word: &[char]) -> bool {
        let (ending, _) = self.language.adjective;
        !ending.is_empty() && ends(word, ending) || self.is_of_phrases(word)
    }

    /// Whether a word is a name in some places and none in others.
    #[must_use]
    pub fn is_of_phrases(&self, word: &[char]) -> bool {
        self.phrases.words.holds(word)
    }

    /// Whether a word that may be a name is none beside this one: they are a phrase, or the word is an adjective to the one
    /// before it («السفارة السعودية»).
    #[must_use]
    pub fn is_phrase(
        &self,
        word: &[char],
        before: Option<&[char]>,
        after: Option<&[char]>,
    ) -> bool {
        let beside = |all: &Words, other: Option<&[char]>| {
            other.is_some_and(|other| all.holds(&[word, &[' '], other].concat()))
        };
        self.phrases.words.holds(word)
            && (beside(&self.phrases.before, before) || beside(&self.phrases.after, after))
            || before.is_some_and(|before| self.is_adjective(word, before))
    }

    fn is_adjective(&self, word: &[char], noun: &[char]) -> bool {
        let (ending, nouns) = self.language.adjective;
        let article = self.language.article;
        let begins =
            |start: &str| noun.iter().copied().take(start.chars().count()).eq(start.chars());
        let first = noun.first().map_or(0, |first| u16::try_from(u32::from(*first)).unwrap_or(0));
        let behind = |prefix: &Prefix| {
            let mut joined = self.language.contractions.iter().filter_map(|(particle, joined)| {
                Some(prefix.text.strip_suffix(particle)?.to_owned() + joined)
            });
            begins(&(prefix.text.clone() + article)) || joined.any(|start| begins(&start))
        };
        let has_article = begins(article) || self.prefixes(first).iter().any(behind);
        !ending.is_empty()
            && word.len() > 6
            && ends(word, ending)
            && word.iter().copied().take(2).eq(article.chars())
            && nouns.iter().any(|it| ends(noun, it))
            && has_article
    }
}

/// Whether a word ends so, and has more letters.
fn ends(word: &[char], ending: &str) -> bool {
    let n = ending.chars().count();
    word.len() > n && word[word.len() - n..].iter().copied().eq(ending.chars())
}
