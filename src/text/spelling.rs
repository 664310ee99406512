//! Whether two words are spellings of one name. In: the letters of both, as [`letters`](super::letters::letters) gives
//! them. Out: an [`Agreement`], or none. [`agree`] is the entry.

/// How two words of one key agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// A reader takes one for the other.
    Spelling,
    /// They are written alike.
    Alike,
}

/// Whether a word of a text is a spelling of a name's word; both as [`letters`] gives them.
///
/// - Alef may lack its hamza. In short words it must not have another one: «آن» is not «أن».
/// - A word in ى is no name in ي: «على» is not «علي». One in ي may be a name in ى: «مصطفي».
/// - ة may be written ه; ؤ and ئ without their hamza, but in short words.
/// - A name that begins with a capital does in the text; one in capitals is written so.
#[must_use]
pub fn agree(name: &[char], word: &[char]) -> Option<Agreement> {
    if name == word {
        return Some(Agreement::Alike);
    }
    if name.len() != word.len() {
        return None;
    }
    let n = name.len();
    let is_short = n < 4;
    let mut pairs = name.iter().zip(word).enumerate();
    let agrees = pairs.all(|(at, (&a, &b))| a == b || is_spelling(a, b, (is_short, at + 1 == n)));
    (agrees && cases_agree(name, word)).then_some(Agreement::Spelling)
}

fn is_spelling(name: char, word: char, (is_short, is_last): (bool, bool)) -> bool {
    match (name, word) {
        // Forms of alef: bare, with hamza above, below, madda.
        ('\u{627}' | '\u{622}' | '\u{623}' | '\u{625}', '\u{627}') => true,
        ('\u{627}', '\u{623}' | '\u{625}') => true,
        (
            '\u{627}' | '\u{622}' | '\u{623}' | '\u{625}' | '\u{672}' | '\u{673}',
            '\u{622}' | '\u{623}' | '\u{625}' | '\u{672}' | '\u{673}',
        ) => !is_short,
        // Alef maqsura in the text: never for yeh at the end.
        ('\u{64A}', '\u{649}') => !is_last,
        ('\u{649}', '\u{64A}') => !is_last || !is_short,
        // The yeh of Persian stands for either.
        ('\u{6CC}', '\u{64A}' | '\u{649}') | ('\u{64A}' | '\u{649}', '\u{6CC}') => true,
        ('\u{626}', '\u{64A}' | '\u{6CC}') | ('\u{64A}' | '\u{6CC}', '\u{626}') => !is_short,
        ('\u{624}', '\u{648}') | ('\u{648}', '\u{624}') => !is_short,
        // Teh marbuta and heh.
        ('\u{629}', '\u{647}') => is_last,
        ('\u{647}', '\u{629}') => is_last && !is_short,
        ('\u{629}', '\u{6C3}') | ('\u{6C3}', '\u{629}') => true,
        // In Urdu they are two letters, which those who type heh do not tell apart.
        ('\u{6BE}', '\u{6C0}'..='\u{6C2}') | ('\u{6C0}'..='\u{6C2}', '\u{6BE}') => false,
        (
            '\u{647}' | '\u{6BE}' | '\u{6C0}'..='\u{6C2}' | '\u{6D5}',
            '\u{647}' | '\u{6BE}' | '\u{6C0}'..='\u{6C2}' | '\u{6D5}',
        ) => true,
        // Feh with three dots is how some write a foreign v.
        ('\u{641}', '\u{6A4}') | ('\u{6A4}', '\u{641}') => true,
        _ => name.to_lowercase().eq(word.to_lowercase()) && is_cased(name),
    }
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

fn cases_agree(name: &[char], word: &[char]) -> bool {
    let capitals = |text: &[char]| text.len() > 1 && !text.iter().any(|c| c.is_lowercase());
    let is_name_cased = name.iter().any(|c| is_cased(*c));
    if !is_name_cased {
        return true;
    }
    if capitals(name) {
        return name.iter().zip(word).all(|(a, b)| a == b || !is_cased(*a));
    }
    let starts_alike = match (name.first(), word.first()) {
        (Some(a), Some(b)) => !a.is_uppercase() || b.is_uppercase(),
        _ => true,
    };
    starts_alike || capitals(word)
}
