//! What depends on a language: its tag, [`tag`]; and its words for true and false, [`truth`].

use icu_locale_core::LanguageIdentifier;

use super::super::yaml::marks;

/// The two-letter codes of ISO 639-1, and the `iw`, `in` and `ji` that older systems still write.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb \
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu iw in ji";

/// Names of languages as editors write them in place of codes.
const NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("عربي", "ar"),
    ("عربية", "ar"),
    ("العربية", "ar"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("فارسی", "fa"),
    ("الفارسية", "fa"),
    ("urdu", "ur"),
    ("اردو", "ur"),
    ("hebrew", "he"),
    ("עברית", "he"),
    ("english", "en"),
    ("الإنجليزية", "en"),
    ("french", "fr"),
    ("turkish", "tr"),
    ("kurdish", "ckb"),
    ("ara", "ar"),
    ("fas", "fa"),
    ("per", "fa"),
    ("urd", "ur"),
    ("heb", "he"),
    ("eng", "en"),
];

/// Words for true, in lower case.
const TRUE: &[&str] = &["true", "yes", "on", "y", "1", "نعم", "صحيح", "بله", "כן"];

/// Words for false, in lower case.
const FALSE: &[&str] = &["false", "no", "off", "n", "0", "لا", "خطأ", "خیر", "לא"];

/// Whether a word says true or false; `None` if neither.
pub(crate) fn truth(word: &str) -> Option<bool> {
    let word = word.to_lowercase();
    let is_true = TRUE.contains(&word.as_str());
    (is_true || FALSE.contains(&word.as_str())).then_some(is_true)
}

/// The canonical form of a BCP 47 tag with a known language (`AR-sa` → `ar-SA`); else what may be meant, if that can be said.
pub(crate) fn tag(text: &str) -> Result<String, Option<String>> {
    let text = marks::trim(text);
    let lower = text.to_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Err(Some((*code).to_owned()));
    }
    let hyphenated = text.replace('_', "-");
    let canonical = hyphenated
        .parse::<LanguageIdentifier>()
        .ok()
        .filter(|it| !it.language.is_unknown() && is_known(it.language.as_str()))
        .map(|it| it.to_string());
    match canonical {
        Some(tag) if hyphenated == text => Ok(tag),
        Some(tag) => Err(Some(tag)),
        None => Err(None),
    }
}

/// Codes of three letters are taken on trust: there are eight thousand.
fn is_known(code: &str) -> bool {
    code.len() != 2 || CODES.split_whitespace().any(|known| known == code)
}
