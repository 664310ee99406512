//! Editions are read, parsed and filed. In: what changed. Out: in the archive each day's edition, and what its text refers
//! to; [`Desk::editions`] is the entry.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::articles::Desk;
use crate::{
    archive::{FiledEdition, edition_text, encode},
    link,
    load::Sources,
    model::{
        day::{date_of, day_number},
        source::SourceKind,
        tongue::Tongue,
    },
    parse,
    pipeline::{
        scope::{Halt, Scope},
        sources::{Site, read_and_parse},
    },
};

impl Desk<'_, '_> {
    /// Editions that changed, and those whose day has come.
    pub(super) fn editions(&mut self, site: &Site, found: &Sources) -> Result<(), Halt> {
        let mut seen: BTreeMap<(Tongue, Date), String> = BTreeMap::new();
        let mut duplicates = Vec::new();
        for file in found.changed.iter().filter(|file| file.kind == SourceKind::Edition) {
            let (edition, faults) = read_and_parse(self.build, file, &site.config, parse::edition);
            self.parsed.faults.insert(file.path.clone(), faults);
            let Some((edition, scan)) = edition else { continue };
            let (tongue, date) = (edition.tongue, edition.date);
            let before: Option<FiledEdition> = self.filling.archive.filed_edition(tongue, date);
            if before.is_some_and(|it| it.edition.source != file.path) {
                return Err(Halt::Widen(Scope::Anew));
            }
            if date <= site.today {
                let id = format!("{date}{}", site.config.prefix(tongue).replace('/', "."));
                duplicates.push(("edition", id, file.path.as_str()));
            }
            if seen.insert((tongue, date), file.path.clone()).is_none() {
                self.edition((tongue, date), Some(FiledEdition { edition, links: scan.links }))?;
            }
        }
        let faults = link::duplicate_ids(duplicates.into_iter());
        if self.filling.scope == Scope::Anew {
            self.parsed.faults.insert("\u{1}editions".to_owned(), faults);
        } else if !faults.is_empty() {
            return Err(Halt::Widen(Scope::Anew));
        }
        if self.filling.scope != Scope::Anew {
            let last = self.last_now().to_zoned_datetime(site.config.timezone.clone()).date();
            let from = day_number(last) + 1;
            for tongue in site.config.tongues() {
                let days = from..=day_number(site.today);
                let come = self.filling.archive.edition_days(tongue, days);
                for date in come.into_iter().map(date_of) {
                    self.delta.editions.insert((tongue, date));
                    self.parsed.editions.insert((tongue, date));
                }
            }
        }
        Ok(())
    }

    /// Stores the edition of a day in a language, or forgets it.
    pub(super) fn edition(
        &mut self,
        (tongue, date): (Tongue, Date),
        new: Option<FiledEdition>,
    ) -> Result<(), Halt> {
        let text = edition_text(tongue, date);
        let refers = |filed: &FiledEdition, is_there| {
            let keys = link::edition_refers_to(filed).into_iter();
            keys.map(move |key| ((key, text), is_there)).collect::<Vec<_>>()
        };
        if let Some(old) = self.filling.archive.filed_edition(tongue, date) {
            self.changes.backlinks.extend(refers(&old, false));
            self.parsed.visible.extend(link::edition_keys(&old));
        }
        if let Some(new) = &new {
            self.changes.backlinks.extend(refers(new, true));
            self.parsed.visible.extend(link::edition_keys(new));
        }
        self.batch.put_edition(tongue, date, new.as_ref().map(encode).transpose()?)?;
        self.delta.editions.insert((tongue, date));
        self.parsed.editions.insert((tongue, date));
        Ok(())
    }
}
