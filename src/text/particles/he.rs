//! Hebrew: what is written together with a name. In: nothing. Out: [`HEBREW`].

use super::Language;

/// ```text
/// ו              and
///   ש כש לכש     that, when
///     ב כ ל מ    in, like, to, from
///       ה        the; it vanishes after ב כ ל
/// ```
///
/// «ושבישראל», «לכנסת» (to the Knesset), «מהכנסת».
pub(super) const HEBREW: Language = Language {
    tag: "he",
    before: &[&["ו"], &["ש", "כש", "לכש", "מש"], &["ב", "כ", "ל", "מ"], &["ה"]],
    article: "ה",
    contractions: &[("ב", "ב"), ("כ", "כ"), ("ל", "ל")],
    connectors: &["בן", "בר", "אבן", "אבו", "דה", "ואן", "פון", "אל"],
    family_first: &["קים", "שי"],
    given: include_str!("he.given.txt"),
    common: include_str!("he.common.txt"),
    whole: include_str!("he.whole.txt"),
    ..Language::NONE
};
