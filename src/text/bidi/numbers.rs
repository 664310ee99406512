//! Forms made of numbers: dates, telephone numbers, ranges, formulas, signed numbers, amounts with a unit or a sign.
//! In: characters and a place among them. Out: what begins there, as candidates for isolation. [`read`] is the entry.

use super::{Class, Direction, Island, Manner, find::Chars};

/// Units in Latin letters that stand behind their number.
const UNITS: &[&str] = &[
    "kg", "g", "mg", "t", "km", "m", "cm", "mm", "nm", "km/h", "m/s", "kmh", "mph", "mi", "ft",
    "lb", "oz", "l", "L", "ml", "kW", "MW", "GW", "TW", "W", "kWh", "MWh", "GWh", "V", "kV", "A",
    "mAh", "Hz", "kHz", "MHz", "GHz", "KB", "kB", "MB", "GB", "TB", "Mbps", "Gbps", "Mb/s", "px",
    "dpi", "fps", "dB", "C", "F", "K", "Mw", "ppm", "bpd", "hp", "USD", "EUR", "GBP", "SAR", "AED",
    "EGP", "KWD", "QAR", "JPY", "CNY", "CHF", "RUB", "KRW", "am", "pm", "AM", "PM", "GMT", "UTC",
];

/// What begins at a place: the place behind it, and its candidates (none where it is only not to be looked at again).
pub(super) fn read(chars: &Chars<'_>, at: usize, manner: Manner) -> Option<(usize, Vec<Island>)> {
    let before = chars.before(at);
    let is_within = before.is_ascii_alphanumeric()
        || chars.class(at.saturating_sub(1)) == Class::Digit && at > 0;
    if is_within {
        return None;
    }
    let ltr = |end: usize| Some((end, vec![chars.island(at, end, Direction::Ltr)]));
    if let Some(end) = date(chars, at) {
        return ltr(end);
    }
    if let Some(end) = phone(chars, at).or_else(|| formula(chars, at)) {
        return ltr(end);
    }
    if let Some(end) = range(chars, at) {
        let mut island = chars.island(at, end, manner.ranges);
        island.letter_mark = manner.ranges == Direction::Rtl;
        return Some((end, vec![island]));
    }
    if let Some(end) = signed(chars, at) {
        return ltr(end);
    }
    if let Some(found) = listed(chars, at) {
        return Some(found);
    }
    amount(chars, at, manner)
}

/// Whether a character is a sign of a number.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '−' | '±')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₪' | '₽' | '₺' | '₹')
}

fn is_percent(c: char) -> bool {
    matches!(c, '%' | '\u{66A}' | '‰')
}

fn is_digit(chars: &Chars<'_>, at: usize) -> bool {
    chars.class(at) == Class::Digit
}

fn digits(chars: &Chars<'_>, at: usize) -> usize {
    let mut end = at;
    while end < chars.len() && is_digit(chars, end) {
        end += 1;
    }
    end
}

/// The end of a number with its separators: `1,234.5`, `10:30`.
fn number(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let mut end = digits(chars, at);
    if end == at {
        return None;
    }
    while matches!(chars.at(end), '.' | ',' | ':' | '/' | '\u{66B}' | '\u{66C}')
        && is_digit(chars, end + 1)
    {
        end = digits(chars, end + 1);
    }
    Some(end)
}

/// Whether nothing goes on at a place that would make what ends there part of something else.
fn is_end(chars: &Chars<'_>, at: usize) -> bool {
    !chars.at(at).is_ascii_alphanumeric() && !is_digit(chars, at)
}

/// `2024-01-15`, `15-1-2024`: three groups of digits between dashes, and the time that may follow `T`.
fn date(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let first = digits(chars, at);
    let dash = chars.at(first);
    let second = digits(chars, first + 1);
    let third = digits(chars, second + 1);
    let lengths = [first - at, second.saturating_sub(first + 1), third.saturating_sub(second + 1)];
    let fits = is_dash(dash)
        && chars.at(second) == dash
        && matches!(lengths, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [1..=2, 1..=2, 2]);
    if !fits || is_dash(chars.at(third)) && is_digit(chars, third + 1) {
        return None;
    }
    if chars.at(third) == 'T' && is_digit(chars, third + 1) {
        let end = number(chars, third + 1)?;
        let zone = chars.skip(end, |c| c == 'Z' || c == '+' || c == ':' || c.is_ascii_digit());
        return Some(zone);
    }
    is_end(chars, third).then_some(third)
}

/// At least seven digits in groups, behind `+`, `0` or a bracket, or in three groups between hyphens.
fn phone(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let c = chars.at(at);
    let has_lead = c == '+' || c == '0' || c == '(' || c == '\u{660}' || c == '\u{6F0}';
    if !has_lead && !is_digit(chars, at) || c == '+' && !is_digit(chars, at + 1) {
        return None;
    }
    let (mut end, mut n_digits, mut n_groups, mut next) = (at, 0, 0, at + usize::from(c == '+'));
    let mut is_hyphenated = true;
    while next < chars.len() {
        let opens = usize::from(chars.at(next) == '(');
        let group = digits(chars, next + opens);
        if group == next + opens || opens == 1 && chars.at(group) != ')' {
            break;
        }
        n_digits += group - next - opens;
        n_groups += 1;
        end = group + opens;
        let separator = chars.at(end);
        let is_separator = separator == ' ' && has_lead
            || separator == '-'
            || separator == '.' && c == '+'
            || separator == '\u{A0}';
        let is_close = opens == 1 && is_digit(chars, end);
        if !is_separator && !is_close {
            break;
        }
        is_hyphenated &= separator == '-';
        next = end + usize::from(!is_close);
    }
    let fits = (7..=16).contains(&n_digits)
        && (has_lead && n_groups >= 2 || c == '+' || is_hyphenated && n_groups >= 3);
    (fits && is_end(chars, end)).then_some(end)
}

/// Digits and operators without spaces, `=` or a sign of an operation among them: `2+2=4`, `1920×1080`.
fn formula(chars: &Chars<'_>, at: usize) -> Option<usize> {
    if !is_digit(chars, at) {
        return None;
    }
    let is_operator = |c: char| matches!(c, '+' | '=' | '×' | '÷' | '*' | '^');
    let is_part = |c: char| {
        c.is_ascii_digit() || is_operator(c) || matches!(c, '-' | '−' | '/' | '.' | ',' | '(' | ')')
    };
    let mut end = chars.skip(at, is_part);
    while end > at && !is_digit(chars, end - 1) {
        end -= 1;
    }
    let has_operator = (at..end).any(|at| is_operator(chars.at(at)));
    (has_operator && is_end(chars, end)).then_some(end)
}

/// A number with the sign of a currency before it and a percent sign behind it.
fn with_signs(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let start = at + usize::from(is_currency(chars.at(at)));
    let end = number(chars, start)?;
    Some(end + usize::from(is_percent(chars.at(end)) || is_currency(chars.at(end))))
}

/// Two numbers and a dash, with spaces or without: `2019-2023`, `10:30–12:00`, `5% - 10%`, `16 -30`.
fn range(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let first = with_signs(chars, at)?;
    let is_space = |at: usize| usize::from(chars.at(at) == ' ');
    let dash = first + is_space(first);
    if !is_dash(chars.at(dash)) {
        return None;
    }
    let start = dash + 1 + is_space(dash + 1);
    let end = with_signs(chars, start)?;
    // With spaces it may as well be a number before a dash in a sentence.
    let is_alike = (first - at).abs_diff(end - start) <= 1;
    let has_spaces = start > first + 1;
    let goes_on = is_dash(chars.at(end)) && is_digit(chars, end + 1);
    (!goes_on && is_end(chars, end) && (is_alike || !has_spaces)).then_some(end)
}

/// `-5`, `+3%`, `±2 km`.
fn signed(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let is_free = !chars.before(at).is_alphanumeric() && !is_dash(chars.before(at));
    if !is_sign(chars.at(at)) || !is_free {
        return None;
    }
    let end = with_signs(chars, at + 1)?;
    // `-11-` is a number between dashes.
    if is_dash(chars.at(end)) {
        return None;
    }
    Some(unit(chars, end).unwrap_or(end + usize::from(chars.at(end) == '°')))
}

/// Years with nothing but an Arabic comma between them, which make one number in the eyes of the algorithm. Other
/// numbers are one: the comma stands for the decimal point or the thousands.
fn listed(chars: &Chars<'_>, at: usize) -> Option<(usize, Vec<Island>)> {
    let mut islands = Vec::new();
    let mut start = at;
    loop {
        let end = digits(chars, start);
        if end - start != 4 {
            return None;
        }
        islands.push(chars.island(start, end, Direction::Ltr));
        if chars.at(end) != '\u{60C}' || !is_digit(chars, end + 1) {
            return (islands.len() > 1 && is_end(chars, end)).then_some((end, islands));
        }
        start = end + 1;
    }
}

/// The end of the unit behind a number.
fn unit(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let start = at + usize::from(matches!(chars.at(at), ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}'));
    let start = start + usize::from(chars.at(start) == '°');
    let end = chars.skip(start, |c| c.is_ascii_alphabetic() || c == '/' || c == '²' || c == '³');
    let is_power = |c: char| matches!(c, '²' | '³');
    let word = chars.slice(start, end);
    let is_it = |unit: &&str| word.chars().filter(|c| !is_power(*c)).eq(unit.chars());
    (start < end && is_end(chars, end) && UNITS.iter().any(is_it)).then_some(end)
}

/// A number with a unit, or with a percent or currency sign on either side; a number alone is passed over.
fn amount(chars: &Chars<'_>, at: usize, manner: Manner) -> Option<(usize, Vec<Island>)> {
    let leads = is_currency(chars.at(at));
    let end = number(chars, at + usize::from(leads))?;
    if let Some(end) = unit(chars, end) {
        return Some((end, vec![chars.island(at, end, Direction::Ltr)]));
    }
    let trails = is_percent(chars.at(end)) || is_currency(chars.at(end));
    let end_with_sign = end + usize::from(trails);
    if !is_end(chars, end_with_sign) {
        // `4G`, `7-Eleven`: a word.
        return None;
    }
    if chars.at(end_with_sign) == '-' && chars.at(end_with_sign + 1).is_ascii_alphabetic() {
        return None;
    }
    if !manner.signs_left || leads == trails {
        return Some((end_with_sign, Vec::new()));
    }
    let direction = if leads { Direction::Ltr } else { Direction::Rtl };
    let mut island = chars.island(at, end_with_sign, direction);
    island.letter_mark = trails;
    Some((end_with_sign, vec![island]))
}
