//! A stretch of text → candidates: every place where a name may stand. In: an index, the grammar of the text's language, a
//! range. Out: [`Candidate`]s, also of names that overlap. [`Scanner::scan`] is the entry; all that is published goes
//! through it.

use std::{cell::OnceCell, ops::Range};

use super::index::{Form, Index, Name, Rank, digest};
use crate::{
    model::article::TextRun,
    text::{
        fold::is_word_char,
        letters::{Word, codes, gap, letters},
        pairs::with_partners,
        particles::{Grammar, Prefix, grammar},
        spelling::{Agreement, agree},
    },
};

/// A place where a name may stand.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    /// First byte of the word that it begins in.
    pub(super) word: usize,
    /// First byte of the name.
    pub(super) start: usize,
    /// Byte after its last.
    pub(super) end: usize,
    /// Number of the block.
    pub(super) block: u32,
    /// The name.
    pub(super) name: &'a Name,
    /// How its bearers bear it.
    pub(super) rank: Rank,
    /// Whether it is written as registered, or as a reader would also take it.
    pub(super) agreement: Agreement,
    /// What stands before it in its word.
    pub(super) glued: Glued,
    /// The grammar of its first word.
    pub(super) grammar: &'static Grammar,
    /// Whether the word is whole as it is, so that nothing stands before it.
    pub(super) is_whole: bool,
    /// Whether it is written as nobody registered it.
    pub(super) is_variant: bool,
}

impl Candidate<'_> {
    /// Those of one place follow each other.
    pub(super) fn order(&self) -> (usize, usize, usize) {
        (self.word, self.end, self.start)
    }
}

/// What is glued to the front of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glued {
    /// Nothing.
    Nothing,
    /// One particle of the first slot: a conjunction.
    Conjunction,
    /// Other particles.
    Particles,
}

/// Looks for the names of an index.
pub(super) struct Scanner<'a> {
    index: &'a Index,
    grammar: &'static Grammar,
    hebrew: &'static Grammar,
    text: &'a str,
}

/// A word of the text, looked at closely.
struct Token {
    word: Word,
    /// Its letters, once they have been asked for.
    letters: OnceCell<Vec<char>>,
    /// The word behind it, likewise.
    next: OnceCell<Option<Word>>,
    grammar: &'static Grammar,
    run: Range<usize>,
    block: u32,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(index: &'a Index, grammar: &'static Grammar, text: &'a str) -> Self {
        Self { index, grammar, hebrew: self::grammar("he"), text }
    }

    /// Finds the candidates of a run.
    pub(super) fn scan(&self, run: TextRun, found: &mut Vec<Candidate<'a>>) {
        let (start, end) = (run.start as usize, (run.end as usize).min(self.text.len()));
        let mut at = start;
        let mut is_inner = self.begins_within(start);
        let goes_on = self.ends_within(end);
        let mut seen: Option<Option<Word>> = None;
        while let Some(word) = seen.take().unwrap_or_else(|| Word::next(self.text, at, end)) {
            at = word.end;
            // What began before the run, or is joined to the word before, is only part of a word.
            let begins = !(is_inner && (word.start == start || self.is_joined(word.start)));
            is_inner = word.is_joined;
            if !begins {
                continue;
            }
            let grammar = self.grammar_of(word.first);
            let may_begin = self.index.may_begin(word.key);
            let prefixes = grammar.prefixes(word.first);
            if may_begin || self.may_begin_behind(word, prefixes) {
                let (letters, next) = (OnceCell::new(), OnceCell::new());
                let token =
                    Token { word, letters, next, grammar, run: start..end, block: run.block };
                let n = found.len();
                if may_begin {
                    self.names(&token, word.key, None, found);
                }
                self.look_behind(&token, prefixes, found);
                if found.len() > n + 1 {
                    found[n..].sort_by_key(Candidate::order);
                }
                seen = token.next.into_inner();
            }
        }
        if goes_on {
            let n = found.iter().rev().take_while(|it| it.end == at && it.block == run.block);
            found.truncate(found.len() - n.count());
        }
    }

    /// Whether a run begins within a word: behind letters of it that are more than its particles («و**موسكو**»).
    fn begins_within(&self, start: usize) -> bool {
        let Some(before) = self.text.get(..start) else { return true };
        let outside = before.trim_end_matches(is_emphasis);
        if !outside.ends_with(is_word_char) {
            return false;
        }
        let letters = outside.trim_end_matches(is_word_char);
        let glued: Vec<u16> = codes(&outside[letters.len()..]).map(|(code, _)| code).collect();
        let prefixes =
            glued.first().map_or(&[][..], |first| self.grammar_of(*first).prefixes(*first));
        outside.len() == before.len() || !prefixes.iter().any(|it| it.codes() == glued)
    }

    /// Whether a word goes on behind a run, outside its emphasis.
    fn ends_within(&self, end: usize) -> bool {
        let after = self.text.get(end..).unwrap_or_default();
        after.trim_start_matches(is_emphasis).starts_with(is_word_char)
    }

    /// Whether a joiner stands before a word.
    fn is_joined(&self, start: usize) -> bool {
        self.text[..start].ends_with(|c: char| is_word_char(c) && !c.is_alphanumeric())
    }

    /// The grammar of a word that begins with a letter.
    #[inline(always)]
    fn grammar_of(&self, first: u16) -> &'static Grammar {
        if (0x5D0..=0x5EA).contains(&first) { self.hebrew } else { self.grammar }
    }

    /// Whether a name may begin behind a prefix of a word.
    #[inline]
    fn may_begin_behind(&self, word: Word, prefixes: &[Prefix]) -> bool {
        prefixes.iter().any(|prefix| self.behind(word, prefix).is_some())
    }

    /// The key of what is behind a prefix of a word, if a name may begin with it.
    #[inline]
    fn behind(&self, word: Word, prefix: &Prefix) -> Option<u64> {
        let key = word.key_without(prefix.len, prefix.key);
        (self.index.may_begin(key) && word.begins_with(self.text, prefix.codes())).then_some(key)
    }

    /// Looks for names in a word behind each prefix that it may have.
    fn look_behind(
        &self,
        token: &Token,
        prefixes: &'static [Prefix],
        found: &mut Vec<Candidate<'a>>,
    ) {
        for prefix in prefixes {
            if let Some(key) = self.behind(token.word, prefix) {
                self.names(token, key, Some(prefix), found);
            }
        }
    }

    /// The names that begin in a word, behind a prefix of it.
    fn names(
        &self,
        token: &Token,
        key: u64,
        prefix: Option<&'static Prefix>,
        found: &mut Vec<Candidate<'a>>,
    ) {
        let (alone, longer) = Form::alone(self.index.first(key));
        for form in alone {
            found.extend(self.candidate(token, form, prefix));
        }
        if !longer.is_empty()
            && let Some(next) = self.next(token)
        {
            for form in Form::second(longer, next.key) {
                found.extend(self.candidate(token, form, prefix));
            }
        }
    }

    /// The word behind a word.
    fn next(&self, token: &Token) -> Option<Word> {
        *token.next.get_or_init(|| Word::next(self.text, token.word.end, token.run.end))
    }

    fn letters<'t>(&self, token: &'t Token) -> &'t [char] {
        token.letters.get_or_init(|| letters(self.written(token.word)))
    }

    fn written(&self, word: Word) -> &'a str {
        &self.text[word.start..word.end]
    }

    /// Where a name is written as registered, which bytes tell: its first byte and the one after its last.
    fn alike(
        &self,
        token: &Token,
        form: &Form,
        prefix: Option<&'static Prefix>,
    ) -> Option<(usize, usize)> {
        let glued = prefix.map_or("", |prefix| &prefix.text);
        let from = token.word.start + glued.len();
        let rest = &self.text[..token.run.end];
        let to = from + usize::from(form.len);
        let written =
            rest.get(from..to).filter(|it| !it.is_empty() && digest(it) == form.digest)?;
        let is_end = |byte: &u8| matches!(byte, b' ' | b'\n' | b'.' | b',' | b':' | b')');
        if !rest.as_bytes().get(to).is_none_or(is_end)
            || !(glued.is_empty() || self.text[token.word.start..].starts_with(glued))
        {
            return None;
        }
        let lead = written.chars().take(form.lead.into()).map(char::len_utf8).sum::<usize>();
        Some((from + lead, to))
    }

    /// The same of a name that is written in a spelling that a reader takes for it, or among other marks.
    fn agreeing(
        &self,
        token: &Token,
        (form, name): (&Form, &Name),
        prefix: Option<&'static Prefix>,
    ) -> Option<(Agreement, usize, usize)> {
        let n_before = prefix.map_or(0, |prefix| prefix.len);
        let mut agreement =
            agree(self.index.first_word(form), self.letters(token).get(n_before..)?)?;
        let start = self.letter_start(token.word, n_before + usize::from(form.lead))?;
        let mut last = token.word;
        for (at, word) in name.words.iter().enumerate().skip(1) {
            let next = if at == 1 {
                self.next(token)
            } else {
                Word::next(self.text, last.end, token.run.end)
            }?;
            let between = &self.text[last.end..next.start];
            let is_plain = between == " " && word.gap.is_empty();
            if next.key != word.key || !(is_plain || *gap(between) == *word.gap) {
                return None;
            }
            let written = self.written(next);
            if *written != *word.text {
                agreement = agreement.min(agree(&word.letters, &letters(written))?);
            }
            last = next;
        }
        let ends = !last.is_joined || self.has_ending(last, token.run.end, token.grammar);
        // A bracket that opens within a name closes as part of it.
        let is_marked = name.words.iter().any(|word| !word.gap.is_empty());
        let part = start..last.end;
        let name = if is_marked { with_partners(self.text, part, token.run.clone()) } else { part };
        ends.then_some((agreement, name.start, name.end))
    }

    /// A name, if it is written here.
    fn candidate(
        &self,
        token: &Token,
        form: &'a Form,
        prefix: Option<&'static Prefix>,
    ) -> Option<Candidate<'a>> {
        if let (Some(prefix), Some(slot)) = (prefix, form.slot())
            && prefix.slot >= slot
        {
            return None;
        }
        let name = self.index.name(form)?;
        let (agreement, start, end) = match self.alike(token, form, prefix) {
            Some((start, end)) => (Agreement::Alike, start, end),
            None => self.agreeing(token, (form, name), prefix)?,
        };
        let grammar = token.grammar;
        let glued = match (prefix, form.slot()) {
            (None, None) => Glued::Nothing,
            (Some(prefix), None) if prefix.slot == 0 && prefix.ends.is_empty() => {
                Glued::Conjunction
            }
            _ => Glued::Particles,
        };
        if self.is_of_address(token.word.start) {
            return None;
        }
        Some(Candidate {
            word: token.word.start.min(start),
            start,
            end,
            block: token.block,
            name,
            rank: name.rank,
            agreement,
            glued,
            grammar,
            is_whole: glued != Glued::Nothing && self.is_whole(token, prefix, form),
            is_variant: self.is_variant((form, name), agreement),
        })
    }

    /// Whether a name is written as nobody registered it. Where a particle took a letter of its article («للأردن»), it is
    /// no spelling at all.
    fn is_variant(&self, (form, name): (&Form, &Name), agreement: Agreement) -> bool {
        let n_letters = name.words.first().map_or(0, |word| word.letters.len());
        let is_whole = self.index.first_word(form).len() == n_letters + usize::from(form.lead);
        let is_registered =
            name.rank == Rank::Registered && agreement == Agreement::Alike && is_whole;
        form.slot().is_none() && !is_registered
    }

    /// Whether a word, or what is left of it behind some of its particles, is whole as it is.
    fn is_whole(&self, token: &Token, prefix: Option<&Prefix>, form: &Form) -> bool {
        let ends = prefix.map_or(&[][..], |prefix| &prefix.ends);
        let last = form.slot().and(prefix).map(|prefix| (prefix.len, prefix.key));
        let mut starts = [(0, 0)].into_iter().chain(ends.iter().copied()).chain(last);
        starts.any(|(at, before)| {
            token.grammar.may_be_whole(token.word.key_without(at, before))
                && self.letters(token).get(at..).is_some_and(|rest| token.grammar.is_whole(rest))
        })
    }

    /// Whether a word is part of an address that was typed without its scheme.
    fn is_of_address(&self, start: usize) -> bool {
        let Some(before) = self.text[..start].strip_suffix(['/', '@', '=', '?', '&']) else {
            return false;
        };
        let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
        word.contains('.') && word.starts_with(|c: char| c.is_ascii_alphanumeric())
    }

    /// Whether nothing but an ending of the language is joined to a word.
    fn has_ending(&self, word: Word, end: usize, grammar: &Grammar) -> bool {
        let mut last = word;
        while last.is_joined {
            let Some(next) = Word::next(self.text, last.end, end) else { return true };
            if !grammar.is_ending(&self.text[next.start..next.end]) {
                return false;
            }
            last = next;
        }
        true
    }

    /// First byte of the letter behind the first `n` of a word; `None` within a ligature.
    fn letter_start(&self, word: Word, n: usize) -> Option<usize> {
        if n == 0 {
            return Some(word.start);
        }
        let mut starts = codes(&self.text[word.start..word.end]).map(|(_, at)| at).skip(n - 1);
        let (before, at) = (starts.next()?, starts.next()?);
        (before != at).then_some(word.start + at)
    }
}

/// What marks emphasis within a word.
fn is_emphasis(c: char) -> bool {
    matches!(c, '*' | '_' | '~')
}
