//! Single values of front matter: [`date`]s, languages, time zones.

pub(super) mod date;
pub(super) mod language;
pub(super) mod zone;
