//! Everything that an editor should look at now. In: what is found in sources, between outputs, and when pages are made. Out: one
//! word to the terminal and to browsers whenever it is something else than before. [`Server::tell_findings`] is the entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{Server, Told};
use crate::{
    diag::{self, Diagnostic},
    disk::{SETTINGS, Site},
    pipeline::live::{Change, Scene},
};

/// Pages that cannot be made, of which is told at one time.
const MOST_UNMADE: usize = 30;
/// Characters of a line that are shown.
const LONGEST_LINE: usize = 300;

/// What there is to look at.
#[derive(Debug, Default)]
pub(super) struct Findings(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    of_sources: Vec<Diagnostic>,
    clashes: Vec<Diagnostic>,
    /// By the file of the output.
    unmade: BTreeMap<String, Diagnostic>,
    /// What the terminal was told last.
    told: BTreeSet<Diagnostic>,
}

impl Known {
    /// A fault of a template is one, however many pages have it. Where two sources are one thing, their pages clash as well,
    /// which says nothing more.
    fn all(&self) -> BTreeSet<Diagnostic> {
        let are_one = self.of_sources.iter().any(|it| it.code == "duplicate-id");
        let clashes = self.clashes.iter().filter(|_| !are_one);
        self.of_sources.iter().chain(clashes).chain(self.unmade.values()).cloned().collect()
    }
}

impl Findings {
    /// What is found in sources replaces what was found before.
    pub(super) fn set_of_sources(&self, found: Vec<Diagnostic>) {
        self.known().of_sources = found;
    }

    /// Outputs that share an address.
    pub(super) fn set_clashes(&self, clashes: Vec<Diagnostic>) {
        self.known().clashes = clashes;
    }

    /// Whether outputs share an address, as far as is known.
    pub(super) fn has_clashes(&self) -> bool {
        !self.known().clashes.is_empty()
    }

    /// Pages that could not be made are tried again.
    pub(super) fn try_again(&self, scene: &Scene) {
        let files: Vec<String> = self.known().unmade.keys().cloned().collect();
        for file in files {
            // One by one, for somebody may meet another fault meanwhile.
            match scene.fault_at(&file) {
                Some(fault) => _ = self.known().unmade.insert(file, fault),
                None => _ = self.known().unmade.remove(&file),
            }
        }
    }

    /// A page that cannot be made; whether there is room to tell of more.
    pub(super) fn note_unmade(&self, file: &str, fault: Diagnostic) -> bool {
        let mut known = self.known();
        if known.unmade.len() < MOST_UNMADE || known.unmade.contains_key(file) {
            known.unmade.insert(file.to_owned(), fault);
        }
        known.unmade.len() < MOST_UNMADE
    }

    /// Replaced part by part, so a panic elsewhere cannot have left half of one.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    /// After sources were read again: makes what there is to look at known to browsers that come; what is new for the
    /// terminal, and whether browsers that are there should be told.
    pub(super) fn renew_findings(&self) -> (Option<Vec<Diagnostic>>, bool) {
        let mut known = self.findings.known();
        let all = known.all();
        let sorted = diag::sorted(all.iter().cloned().collect());
        let is_new_to_browsers = self.hub.set_findings(&sorted, |it| line_of(&self.site, it));
        let is_new = known.told != all;
        known.told = all;
        (is_new.then_some(sorted), is_new || is_new_to_browsers)
    }

    /// Tells what there is to look at, if it is something else than before. What is not is left as it was told: its file may
    /// just be written.
    pub(super) fn tell_findings(&self) {
        let is_known = {
            let known = self.findings.known();
            known.told == known.all()
        };
        let (findings, is_new) = if is_known { (None, false) } else { self.renew_findings() };
        if is_new {
            self.hub.tell(self.shown.now().1, &Change::Nothing, None);
        }
        findings.into_iter().for_each(|findings| self.desk.tell(Told::Findings(findings)));
    }

    /// A fault that was met when a page was made.
    pub(super) fn report(&self, file: &str, fault: Diagnostic) {
        self.findings.note_unmade(file, fault);
        self.tell_findings();
    }
}

/// The line of a file where a fault is, as far as it is worth showing.
fn line_of(site: &Site, fault: &Diagnostic) -> Option<String> {
    let number = usize::try_from(fault.place.line).ok()?.checked_sub(1)?;
    let is_ours = fault.file == SETTINGS || site.look(&fault.file).is_ok();
    let bytes = is_ours.then(|| site.read(&fault.file).ok())??;
    let text = String::from_utf8_lossy(&bytes);
    let line: String = text.lines().nth(number)?.trim().chars().take(LONGEST_LINE).collect();
    (!line.is_empty()).then_some(line)
}
