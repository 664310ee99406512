//! Which keys a file may have and what is written after them: tables of [`Key`].

/// A key that brief knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// As written.
    pub(crate) name: &'static str,
    /// What is written after it.
    pub(crate) shape: Shape,
}

/// What is written after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One line of text.
    Text,
    /// A list of texts, or one text.
    Texts,
    /// A list of ids or names, or one; an Arabic comma divides them as a Latin one does.
    Ids,
    /// A map or a list of maps, with these keys for one-line text and these for all else.
    Nested(&'static [&'static str], &'static [&'static str]),
    /// A map from any key to one-line text.
    Named,
    /// A date, a number, a choice, or anything.
    Other,
}

/// Keys of one shape.
const fn key(name: &'static str, shape: Shape) -> Key {
    Key { name, shape }
}

const IMAGE: Shape = Shape::Nested(&["alt", "caption", "credit"], &["src"]);

/// `content/articles/**`
pub(crate) const ARTICLE: &[Key] = &[
    key("title", Shape::Text),
    key("date", Shape::Other),
    key("summary", Shape::Text),
    key("points", Shape::Texts),
    key("topics", Shape::Ids),
    key("entities", Shape::Ids),
    key("not_entities", Shape::Ids),
    key("authors", Shape::Texts),
    key("dateline", Shape::Text),
    key("kind", Shape::Other),
    key("priority", Shape::Other),
    key("sources", Shape::Nested(&["name", "note"], &["url"])),
    key("story", Shape::Text),
    key("image", IMAGE),
    key("updated", Shape::Other),
    key("corrections", Shape::Nested(&["text"], &["date"])),
    key("translation_of", Shape::Text),
    key("translated_from", Shape::Text),
    key("translator", Shape::Text),
    key("machine", Shape::Other),
    key("short_title", Shape::Text),
    key("social_title", Shape::Text),
    key("slug", Shape::Text),
    key("aliases", Shape::Ids),
    key("lang", Shape::Other),
    key("draft", Shape::Other),
    key("publish_at", Shape::Other),
    key("expires", Shape::Other),
    key("extra", Shape::Other),
];

/// `content/topics/**`
pub(crate) const TOPIC: &[Key] = &[
    key("name", Shape::Text),
    key("names", Shape::Named),
    key("parent", Shape::Text),
    key("aliases", Shape::Ids),
    key("iptc", Shape::Text),
    key("image", IMAGE),
    key("extra", Shape::Other),
];

/// `content/entities/**`
pub(crate) const ENTITY: &[Key] = &[
    key("name", Shape::Text),
    key("kind", Shape::Other),
    key("aliases", Shape::Ids),
    key("names", Shape::Named),
    key("role", Shape::Text),
    key("wikidata", Shape::Text),
    key("same_as", Shape::Ids),
    key("facts", Shape::Nested(&["label", "value"], &[])),
    key("image", IMAGE),
    key("match", Shape::Other),
    key("redirect_from", Shape::Ids),
    key("extra", Shape::Other),
];

/// `content/stories/**`
pub(crate) const STORY: &[Key] = &[
    key("name", Shape::Text),
    key("names", Shape::Named),
    key("status", Shape::Other),
    key("milestones", Shape::Nested(&["text"], &["date", "article"])),
    key("extra", Shape::Other),
];

/// `content/editions/**`
pub(crate) const EDITION: &[Key] = &[
    key("title", Shape::Text),
    key("intro", Shape::Text),
    key("items", Shape::Ids),
    key("agenda", Shape::Nested(&["text"], &["date"])),
    key("extra", Shape::Other),
];

/// `content/pages/**`
pub(crate) const PAGE: &[Key] = &[
    key("title", Shape::Text),
    key("summary", Shape::Text),
    key("lang", Shape::Other),
    key("aliases", Shape::Ids),
    key("draft", Shape::Other),
    key("extra", Shape::Other),
];

/// `brief.yaml`
pub(crate) const CONFIG: &[Key] = &[
    key("title", Shape::Text),
    key("base_url", Shape::Text),
    key("language", Shape::Other),
    key("timezone", Shape::Other),
    key("description", Shape::Text),
    key("permalink", Shape::Text),
    key("per_page", Shape::Other),
    key("numerals", Shape::Other),
    key("months", Shape::Other),
    key("second_calendar", Shape::Other),
    key("html", Shape::Other),
    key("mentions", Shape::Nested(&[], &["link", "min_page", "short_forms", "particles"])),
    key("assets", Shape::Other),
    key("feeds", Shape::Nested(&[], &["items", "content"])),
    key("publisher", Shape::Nested(&["name", "logo"], &["policies"])),
    key("nav", Shape::Nested(&["name"], &["url"])),
    key("languages", Shape::Other),
];

/// What may be set for one of the `languages` of `brief.yaml`.
pub(crate) const LANGUAGE: &[Key] = &[
    key("name", Shape::Text),
    key("title", Shape::Text),
    key("description", Shape::Text),
    key("nav", Shape::Nested(&["name"], &["url"])),
    key("numerals", Shape::Other),
    key("months", Shape::Other),
    key("second_calendar", Shape::Other),
];

/// Keys as editors translate them, with the key that is meant. The first that the file may have counts.
const TRANSLATED: &[(&str, &[&str])] = &[
    ("العنوان", &["title", "name"]),
    ("عنوان", &["title", "name"]),
    ("الاسم", &["name", "title"]),
    ("اسم", &["name", "title"]),
    ("التاريخ", &["date"]),
    ("تاريخ", &["date"]),
    ("الملخص", &["summary", "intro"]),
    ("ملخص", &["summary", "intro"]),
    ("المقدمة", &["intro", "summary"]),
    ("النقاط", &["points"]),
    ("المواضيع", &["topics"]),
    ("الموضوعات", &["topics"]),
    ("مواضيع", &["topics"]),
    ("الموضوع", &["topics", "parent"]),
    ("الكيانات", &["entities"]),
    ("الكاتب", &["authors"]),
    ("الكتاب", &["authors"]),
    ("المؤلف", &["authors"]),
    ("المحرر", &["authors"]),
    ("النوع", &["kind"]),
    ("الأولوية", &["priority"]),
    ("المصادر", &["sources"]),
    ("المصدر", &["sources"]),
    ("الصورة", &["image"]),
    ("صورة", &["image"]),
    ("القصة", &["story"]),
    ("الملف", &["story"]),
    ("التحديث", &["updated"]),
    ("التصحيحات", &["corrections"]),
    ("المترجم", &["translator"]),
    ("اللغة", &["lang", "language"]),
    ("مسودة", &["draft"]),
    ("الأسماء", &["names"]),
    ("الصفة", &["role"]),
    ("الوصف", &["description", "summary", "role"]),
    ("تاریخ", &["date"]),
    ("خلاصه", &["summary"]),
    ("כותרת", &["title", "name"]),
    ("תאריך", &["date"]),
    ("author", &["authors"]),
    ("byline", &["authors"]),
    ("headline", &["title"]),
    ("description", &["summary"]),
    ("excerpt", &["summary"]),
    ("standfirst", &["summary"]),
    ("tags", &["topics"]),
    ("categories", &["topics"]),
    ("category", &["topics"]),
    ("topic", &["topics"]),
    ("lastmod", &["updated"]),
    ("modified", &["updated"]),
    ("type", &["kind"]),
    ("language", &["lang"]),
    ("url", &["base_url"]),
    ("tz", &["timezone"]),
];

/// The known name that was meant by an unknown one: of another case or language, or at most a third of its letters off.
pub(crate) fn nearest<'k>(
    found: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Option<&'k str> {
    let lower = found.trim().to_lowercase().replace([' ', '-'], "_");
    if let Some((_, meant)) = TRANSLATED.iter().find(|(written, _)| *written == lower) {
        let meant = meant.iter().find_map(|name| known.clone().find(|it| it == name));
        if meant.is_some() {
            return meant;
        }
    }
    known
        .map(|name| (distance(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters must be changed, added, dropped or swapped with their neighbour to make one text of the other
/// (optimal string alignment).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut current = vec![i];
        for j in 1..=b.len() {
            let substitution = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = substitution.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous[b.len()]
}
