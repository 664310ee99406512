//! Time zones by their IANA names: [`zone`].

use jiff::tz::{self, TimeZone};

use super::super::yaml::{marks, schema::distance};

/// The zone of a name and the name as IANA writes it; else the nearest names, the best first.
pub(crate) fn zone(text: &str) -> Result<(String, TimeZone), Vec<String>> {
    let text = marks::trim(text);
    match tz::db().get(text) {
        Ok(zone) => Ok((zone.iana_name().unwrap_or(text).to_owned(), zone)),
        Err(_) => Err(nearest(text)),
    }
}

/// Up to three names that differ least in the whole or in the city alone.
fn nearest(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(' ', "_");
    let mut names: Vec<(usize, String)> = tz::db()
        .available()
        .map(|name| {
            let name = name.to_string();
            let known = name.to_lowercase();
            let city = known.rsplit('/').next().unwrap_or_default();
            let asked = lower.rsplit('/').next().unwrap_or_default();
            (
                distance(&lower, &known).min(distance(asked, city) * 2).min(distance(&lower, city)),
                name,
            )
        })
        .filter(|(distance, _)| *distance <= (lower.chars().count() / 3).max(1))
        .collect();
    names.sort();
    names.into_iter().take(3).map(|(_, name)| name).collect()
}
