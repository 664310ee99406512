//! Looking at the folders again and again, where the system does not tell of changes. In: a site, and how often. Out: a [`Hint`] for
//! each path whose stamp is another. [`watch`] is the entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc::Sender,
    thread,
    time::Duration,
};

use super::Hint;
use crate::{
    disk::{self, Listing, Stamp},
    load,
};

/// After a change the folders are looked at again so soon, until nothing changes any more.
const SOON: Duration = Duration::from_millis(100);
/// Looks that find changes and are followed by another soon.
const MOST: usize = 30;

/// Folder → its files, by name.
type Seen = BTreeMap<String, BTreeMap<String, Stamp>>;

/// Looks at the folders of a site for as long as somebody wants to know; returns after the first look.
pub(super) fn watch(site: &disk::Site, every: Duration, hints: Sender<Hint>) {
    let site = site.clone();
    let mut seen = look(&site);
    thread::spawn(move || {
        // What changed in the last look may have changed once more within the same tick of the file system's clock.
        let mut again: BTreeSet<String> = BTreeSet::new();
        loop {
            thread::sleep(every);
            let mut changed = std::mem::take(&mut again);
            for _ in 0..MOST {
                let now = look(&site);
                let found = differences(&seen, &now);
                seen = now;
                if found.is_empty() {
                    break;
                }
                again.extend(found.iter().cloned());
                changed.extend(found);
                thread::sleep(SOON);
            }
            for path in changed {
                let hint = Hint::At { path, is_open: false, is_folder: false, is_closed: false };
                if hints.send(hint).is_err() {
                    return;
                }
            }
        }
    });
}

fn look(site: &disk::Site) -> Seen {
    let each = |listing: Listing| (listing.folder, listing.files.into_iter().collect());
    let mut seen = Seen::new();
    for folder in load::FOLDERS {
        // A folder that cannot be listed now is looked at again; what is in it is gone meanwhile.
        let (found, _) = site.walk(folder, &each).unwrap_or_default();
        seen.extend(found);
    }
    let settings = site.look(disk::SETTINGS).ok();
    let settings = settings.map(|stamp| (disk::SETTINGS.to_owned(), stamp));
    seen.insert(String::new(), settings.into_iter().collect());
    seen
}

/// The paths that came, went or have another stamp.
fn differences(before: &Seen, now: &Seen) -> BTreeSet<String> {
    let none = BTreeMap::new();
    let folders: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let mut found = BTreeSet::new();
    for folder in folders {
        let [old, new] = [before, now].map(|seen| seen.get(folder).unwrap_or(&none));
        if old == new {
            continue;
        }
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let names = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
        let slash = if folder.is_empty() { "" } else { "/" };
        found.extend(names.map(|name| format!("{folder}{slash}{name}")));
    }
    found
}
