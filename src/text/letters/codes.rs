//! Letters folded to numbers. In: characters or bytes. Out: their codes ([`fold_letter`]), and those made fit for keys
//! ([`scattered`]).

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::text::fold::{is_optional, is_word_char};

/// Marks and the tatweel, which are no part of a key.
pub(super) const SKIPPED: u16 = 1;
/// The [`scattered`] codes of U+0580 to U+06FF, which two bytes from 0xD6 to 0xDB write.
static LETTERS: [u64; 0x180] = {
    let mut letters = [0; 0x180];
    let mut at = 0;
    while at < 0x180 {
        letters[at as usize] = scattered(code_of(0x580 + at));
        at += 1;
    }
    letters
};
pub(super) const ASCII: [u8; 128] = {
    let mut codes = [0; 128];
    let mut at = 0;
    while at < 128_u8 {
        if at.is_ascii_alphanumeric() {
            codes[at as usize] = at.to_ascii_lowercase();
        }
        at += 1;
    }
    codes
};

/// The code of a character from U+0580 to U+06FF: 0 for what is of no word, [`SKIPPED`], or the folded letter.
const fn code_of(c: u16) -> u16 {
    match c {
        0x5BE | 0x5C0 | 0x5C3 | 0x5C6 => 0,
        0x591..=0x5C7 | 0x610..=0x61A | 0x61C | 0x640 | 0x64B..=0x65F | 0x670 => SKIPPED,
        0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7 | 0x6E8 | 0x6EA..=0x6ED => SKIPPED,
        // Alef with hamza, madda or wasla; waw and yeh with hamza; alef maqsura and the yeh of Persian.
        0x622 | 0x623 | 0x625 | 0x671..=0x673 | 0x675 => 0x627,
        0x624 => 0x648,
        0x626 | 0x649 | 0x6CC => 0x64A,
        // Teh marbuta, and the forms of heh.
        0x629 | 0x6BE | 0x6C0..=0x6C3 | 0x6D5 => 0x647,
        0x6A9 | 0x6AA => 0x643,
        0x6A4 => 0x641,
        0x660..=0x669 => c - 0x660 + 0x30,
        0x6F0..=0x6F9 => c - 0x6F0 + 0x30,
        0x5D0..=0x5EA | 0x5EF..=0x5F2 | 0x620..=0x64A | 0x66E..=0x6D3 | 0x6E5 | 0x6E6 => c,
        0x6EE | 0x6EF | 0x6FA..=0x6FC | 0x6FF => c,
        _ => 0,
    }
}

/// A letter anywhere in Unicode, folded.
pub(super) fn fold_letter(c: char) -> u16 {
    let low = |c: char| (u32::from(c) & 0xFFFF) as u16 ^ (u32::from(c) >> 16) as u16;
    match u32::from(c) {
        0..=0x7F => ASCII[c as usize].into(),
        0x580..=0x6FF => code_of(u32::from(c) as u16),
        _ if is_optional(c) || is_combining_mark(c) => SKIPPED,
        _ if !is_word_char(c) => 0,
        _ => {
            let mut base = c;
            let mut is_first = true;
            decompose_canonical(c, |part| {
                if std::mem::take(&mut is_first) {
                    base = part;
                }
            });
            let lower = base.to_lowercase().next().unwrap_or(base);
            if lower.is_ascii() { ASCII[lower as usize].into() } else { low(lower).max(2) }
        }
    }
}

/// A code with its bits spread, so that the keys of words differ; the code is in the last 16, and what is of no word stays
/// as it is.
pub(super) const fn scattered(code: u16) -> u64 {
    if code <= SKIPPED {
        return code as u64;
    }
    let mixed = (code as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed & !0xFFFF | code as u64
}

/// What is [`scattered`] of the letter that two bytes write, if they are of U+0580 to U+06FF.
#[inline(always)]
pub(super) fn pair_of_bytes(lead: u8, low: u8) -> Option<u64> {
    let lead = lead.wrapping_sub(0xD6);
    (lead < 6).then(|| LETTERS[usize::from(lead) << 6 | usize::from(low & 0x3F)])
}
