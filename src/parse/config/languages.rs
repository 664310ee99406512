//! The languages of a site: `languages: [ar, en]`, or a map from each to what is set for it. In: the settings. Out: a
//! [`Language`] for each, the site's own first, and an error for each that is not known. [`read`] is the entry.

use super::{months, nav, numerals, second_calendar};
use crate::{
    model::{
        config::{Language, Months, NavItem, Numerals, SecondCalendar},
        tongue::Tongue,
    },
    parse::{
        fields::Table,
        value::language,
        yaml::{
            node::{Entry, Value},
            schema,
        },
    },
    text::locale,
};

/// What the settings say of the site's own language.
pub(super) struct Own {
    pub(super) tag: String,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) nav: Vec<NavItem>,
    pub(super) numerals: Numerals,
    pub(super) months: Months,
    pub(super) second_calendar: SecondCalendar,
}

/// The languages of the site, its own first.
pub(super) fn read(table: &Table<'_, '_>, own: Own) -> Vec<Language> {
    let Own { tag, title, description, nav, numerals, months, second_calendar } = own;
    let name = locale::endonym(&tag).to_owned();
    let mut languages =
        vec![Language { tag, name, title, description, nav, numerals, months, second_calendar }];
    let Some(entry) = table.get("languages") else { return languages };
    match &entry.node.value {
        Value::Map(_) => {
            let Some(map) = table.table("languages", &[]) else { return languages };
            for entry in map.entries() {
                let found = tag_of(&map, entry, &entry.key);
                let settings = found.and_then(|tag| settings(&map, entry, tag));
                settings.into_iter().for_each(|language| add(&mut languages, language));
            }
        }
        _ => {
            for text in table.texts("languages") {
                let found = tag_of(table, entry, &text);
                found.map(plain).into_iter().for_each(|language| add(&mut languages, language));
            }
        }
    }
    if languages.len() > Tongue::MOST {
        let message = format!("`languages` names {} languages", languages.len());
        let hint = format!("write at most {}", Tongue::MOST);
        table.error(entry, "too-many-languages", message, hint);
        languages.truncate(Tongue::MOST);
    }
    languages
}

/// The site's own language may be named among the others; what is set for it there is set for the site.
fn add(languages: &mut Vec<Language>, language: Language) {
    match languages.iter_mut().find(|known| known.tag == language.tag) {
        Some(known) => known.name = language.name,
        None => languages.push(language),
    }
}

/// A language of which nothing is set.
fn plain(tag: String) -> Language {
    Language {
        name: locale::endonym(&tag).to_owned(),
        title: None,
        description: None,
        nav: Vec::new(),
        numerals: Numerals::usual(&tag),
        months: Months::usual(&tag),
        second_calendar: SecondCalendar::None,
        tag,
    }
}

/// A canonical tag; an error at its place if it is not one.
fn tag_of(table: &Table<'_, '_>, entry: &Entry, text: &str) -> Option<String> {
    let meant = match language::tag(text) {
        Ok(tag) => return Some(tag),
        Err(meant) => meant,
    };
    let hint = match meant {
        Some(tag) => format!("write `{tag}`"),
        None => "write BCP 47 tags: `languages: [ar, en]`".to_owned(),
    };
    let message = format!("«{text}» is not a known language tag");
    // Of a list, the element that is wrong is pointed at.
    let place = match &entry.node.value {
        Value::List(nodes) => nodes
            .iter()
            .find(|node| node.as_text().as_deref() == Some(text))
            .map_or(entry.node.place, |node| node.place),
        Value::Map(_) => entry.place,
        _ => entry.node.place,
    };
    if place.line == 0 {
        table.error(entry, "bad-language", message, hint);
    } else {
        table.error_at(place, "bad-language", message, hint);
    }
    None
}

/// What is set for a language; of a key without anything, what is usual.
fn settings(map: &Table<'_, '_>, entry: &Entry, tag: String) -> Option<Language> {
    if entry.node.is_empty() {
        return Some(plain(tag));
    }
    if let Some(title) = entry.node.as_text() {
        return Some(Language { title: Some(title), ..plain(tag) });
    }
    let table = map.of_entry(entry, schema::LANGUAGE)?;
    Some(Language {
        name: table.text("name").unwrap_or_else(|| locale::endonym(&tag).to_owned()),
        title: table.text("title"),
        description: table.text("description"),
        nav: nav(&table),
        numerals: numerals(&table, Some(&tag)),
        months: months(&table, Some(&tag)),
        second_calendar: second_calendar(&table),
        tag,
    })
}
