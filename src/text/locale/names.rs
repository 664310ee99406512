//! What languages call themselves. In: a tag. Out: the name for a switch between languages: [`endonym`].

/// Primary languages with their own names; of others the tag is shown.
const NAMES: [(&str, &str); 27] = [
    ("ar", "العربية"),
    ("az", "Azərbaycanca"),
    ("bn", "বাংলা"),
    ("ckb", "کوردیی ناوەندی"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("ku", "Kurdî"),
    ("ms", "Bahasa Melayu"),
    ("nl", "Nederlands"),
    ("ps", "پښتو"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("sw", "Kiswahili"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("uz", "Oʻzbekcha"),
    ("zh", "中文"),
];

/// The name of a language (BCP 47) in itself: `English`, `العربية`.
#[must_use]
pub fn endonym(tag: &str) -> &str {
    let primary = tag.split('-').next().unwrap_or(tag);
    NAMES.iter().find(|(known, _)| *known == primary).map_or(tag, |(_, name)| name)
}
