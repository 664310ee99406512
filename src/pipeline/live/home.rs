//! Where what is known of a site is kept while it is looked at: a store of its own below `.brief/`, which begins as a copy of
//! what the last build left. In: a site. Out: [`Home`], and the store if there is one that can be used. [`Home::open`] is the
//! entry.

use super::super::{
    Build, Options,
    state::{self, State},
};
use crate::{
    archive::{Store, StoreError},
    disk::{DiskError, Lock, Site, output::OutputFolder},
    progress::Silent,
};

/// How many can look at one site at a time, each with a store of its own.
const MOST: usize = 9;

/// Where a store is kept.
pub(super) struct Home {
    site: Site,
    name: String,
    /// Keeps others off the store; `None` if nothing can be written, and all is in memory.
    lock: Option<Lock>,
}

impl Home {
    /// Opens the store that was left last, or a copy of that of the last build; neither if it cannot be used.
    pub(super) fn open(site: &Site, options: &Options) -> (Self, Option<Store>) {
        let shows = options.shows;
        let drafts = if shows.drafts { "-drafts" } else { "" };
        let future = if shows.future { "-future" } else { "" };
        let names = (1..=MOST).map(|n| match n {
            1 => format!("serve{drafts}{future}"),
            n => format!("serve{drafts}{future}-{n}"),
        });
        for name in names {
            match site.lock_state(&format!("{name}.lock")) {
                Ok(Some(lock)) => {
                    let home = Self { site: site.clone(), name, lock: Some(lock) };
                    let store = home.store().or_else(|| home.copy(options));
                    return (home, store);
                }
                Ok(None) => {}
                // Where nothing can be written, nothing is known of an earlier look.
                Err(_) => break,
            }
        }
        (Self { site: site.clone(), name: String::new(), lock: None }, None)
    }

    /// Now, by the clock of the file system: nanoseconds since 1970.
    pub(super) fn moment(&mut self) -> Result<i64, DiskError> {
        // Without a file to look at, no file is so young that it has to be read again.
        self.lock.as_mut().map_or(Ok(i64::MAX), Lock::moment)
    }

    /// An empty store beside the last one, which stays until [`Self::keep`].
    pub(super) fn fresh(&self) -> Result<Result<Store, StoreError>, DiskError> {
        if self.lock.is_none() {
            return Ok(Store::in_memory());
        }
        Ok(Store::open(self.site.state(&format!("{}.new", self.name), true)?))
    }

    /// Puts the fresh store in the place of the last one.
    pub(super) fn keep(&self) -> Result<(), DiskError> {
        match &self.lock {
            Some(_) => self.site.replace_state(&format!("{}.new", self.name), &self.file()),
            None => Ok(()),
        }
    }

    fn file(&self) -> String {
        format!("{}.redb", self.name)
    }

    fn store(&self) -> Option<Store> {
        if !self.site.has_state(&self.file()) {
            return None;
        }
        let file = self.site.state(&self.file(), false).ok()?;
        state::unharmed(|| Store::open(file).ok().and_then(state::usable))?.map(|(store, _)| store)
    }

    /// The store of the last build, copied while no build runs. What is shown besides what is public is not in it.
    fn copy(&self, options: &Options) -> Option<Store> {
        if options.shows != crate::link::Shows::default() {
            return None;
        }
        let _lock = self.site.lock_state("lock").ok()??;
        let folder = OutputFolder::nowhere();
        let build = Build {
            site: &self.site,
            options,
            watch: &Silent,
            folder: &folder,
            looked: 0,
            leaves_out: true,
            known: None,
        };
        let last = State::file_of(&build);
        self.site.has_state(&last).then_some(())?;
        self.site.copy_state(&last, &self.file()).ok()?;
        self.store()
    }
}
