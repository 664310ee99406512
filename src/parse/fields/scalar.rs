//! The getters of [`Table`] for single values that are not text: flags, numbers, choices, dates.

use jiff::civil;

use crate::model::article::Moment;

use super::{
    super::{
        value::{date, language},
        yaml::{
            marks,
            node::{Entry, Value},
            schema::distance,
        },
    },
    Table,
};

impl Table<'_, '_> {
    /// True or false; `yes`, `no` and their like in Arabic, Persian and Hebrew are understood.
    pub(in crate::parse) fn flag(&self, key: &'static str) -> Option<bool> {
        let entry = self.get(key)?;
        let found = match &entry.node.value {
            Value::Bool(value) => Some(*value),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            Value::Text(text) => language::truth(marks::trim(text)),
            _ => None,
        };
        if found.is_none() {
            self.wrong_type(
                entry,
                "true or false",
                &format!("write `{key}: true` or `{key}: false`"),
            );
        }
        found
    }

    /// A whole number from `least` to `most`; digits of any script are understood.
    pub(in crate::parse) fn integer(
        &self,
        key: &'static str,
        least: i64,
        most: i64,
    ) -> Option<i64> {
        let entry = self.get(key)?;
        let number = match &entry.node.value {
            Value::Int(value) => Some(*value),
            Value::Text(text) => date::latin_digits(marks::trim(text)).parse().ok(),
            _ => None,
        };
        let hint = if most == i64::MAX {
            format!("write a whole number of at least {least}")
        } else {
            format!("write a whole number from {least} to {most}, e.g. `{key}: {least}`")
        };
        match number {
            Some(number) if (least..=most).contains(&number) => return Some(number),
            Some(number) => {
                self.error(entry, "out-of-range", format!("`{key}` is {number}"), hint);
            }
            None => self.wrong_type(entry, "a whole number", &hint),
        }
        None
    }

    /// One of a few values; `table` has their names.
    pub(in crate::parse) fn choice<T: Copy>(
        &self,
        key: &'static str,
        table: &[(&'static str, T)],
    ) -> Option<T> {
        let entry = self.get(key)?;
        let found = match entry.node.as_text() {
            Some(text) => marks::trim(&text).to_lowercase().replace([' ', '-'], "_"),
            None => {
                let names = table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                self.wrong_type(entry, "one word", &format!("write one of: {names}"));
                return None;
            }
        };
        // YAML makes true and false of some of the words.
        let value = table.iter().find(|(name, _)| *name == found).map(|(_, value)| *value);
        if value.is_none() {
            let is_near = |name: &str| {
                distance(&found, name) <= (name.chars().count() / 3).max(1)
                    || (found.len() > 2 && (name.starts_with(&found) || found.starts_with(name)))
            };
            let near = table
                .iter()
                .map(|(name, _)| *name)
                .filter(|name| is_near(name))
                .min_by_key(|name| distance(&found, name));
            let names = table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            let hint = match near {
                Some(name) => format!("write `{key}: {name}`; known are: {names}"),
                None => format!("write one of: {names}"),
            };
            self.error(entry, "unknown-value", format!("`{key}` «{found}» is not known"), hint);
        }
        value
    }

    /// A date, or a date with a time of day, in the site's time zone.
    pub(in crate::parse) fn moment(&self, key: &'static str) -> Option<Moment> {
        let entry = self.get(key)?;
        let read = date::moment(&self.date_text(entry)?, self.reader.zone);
        read.map_err(|fault| self.bad_date(entry, &fault)).ok()
    }

    /// A date without time.
    pub(in crate::parse) fn day(&self, key: &'static str) -> Option<civil::Date> {
        let entry = self.get(key)?;
        let read = date::day(&self.date_text(entry)?);
        read.map_err(|fault| self.bad_date(entry, &fault)).ok()
    }

    fn date_text(&self, entry: &Entry) -> Option<String> {
        let text = entry.node.as_text();
        if text.is_none() {
            self.wrong_type(entry, "a date", &format!("write `{}: 2023-09-12`", entry.key));
        }
        text
    }

    fn bad_date(&self, entry: &Entry, fault: &date::Fault) {
        self.error(
            entry,
            "bad-date",
            fault.message.clone(),
            format!("write {}", fault.remedy(&entry.key)),
        );
    }
}
