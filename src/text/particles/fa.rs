//! Persian: what is written together with a name. In: nothing. Out: [`PERSIAN`].

use super::Language;

/// ```text
/// before a name: nothing; «و», «به», «از» are words of their own
/// behind it, after a zero-width non-joiner:
///     ها های هایی    plural
///     ی ای           a, of
///     ام ات اش       my, your, his
/// ```
///
/// «تهران‌ها»; but «ایران‌خودرو» is another name.
pub(super) const PERSIAN: Language = Language {
    tag: "fa",
    after: &[
        "ها", "های", "هایی", "ی", "ای", "ام", "ات", "اش", "مان", "تان", "شان", "اند", "است", "را",
        "تر",
    ],
    connectors: &["بن", "ابن", "آل", "آقا", "حاج", "دی", "دو", "فان", "فون", "لو", "پور"],
    completions: &["الله", "الدین"],
    given: include_str!("fa.given.txt"),
    common: include_str!("fa.common.txt"),
    ..Language::NONE
};
