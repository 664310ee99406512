//! The store of a site, one for each output folder. In: a site and its options. Out: [`State`]: the archive of the last
//! build if it can be used, else an empty one. [`State::open`] is the entry.

use std::{
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
};

use super::Build;
use crate::{
    archive::{Output, Published, Snapshot, Store, StoreError},
    disk::DiskError,
    model::Digest,
};

/// Name of the setting that says which brief wrote a store.
pub(super) const FORMAT: &str = "format";

/// The store of the last build, as far as there is one.
pub(super) struct State {
    /// Below `.brief/`: what the names of all stores of the output folder begin with.
    family: String,
    /// Its own, without what tells its files apart.
    name: String,
    /// The store, and all that it holds.
    pub(super) last: Option<(Store, Snapshot)>,
    /// Whether the last build ended before its time.
    pub(super) was_cut_short: bool,
}

impl State {
    /// Opens the store of the last build; one that cannot be used is not there.
    pub(super) fn open(build: &Build<'_>) -> Result<Self, DiskError> {
        let family = family(build);
        let part =
            build.options.shard.map_or_else(String::new, |it| format!("-{}-{}", it.part, it.of));
        let name = format!("{family}{part}");
        let was_cut_short = build.site.has_state(&unfinished(&name));
        let file = format!("{name}.redb");
        let last = if build.site.has_state(&file) {
            let opened = build.site.state(&file, false)?;
            unharmed(|| Store::open(opened).ok().and_then(usable)).flatten()
        } else {
            None
        };
        Ok(Self { family, name, last, was_cut_short })
    }

    /// The file of the store that a build of the whole site keeps.
    pub(super) fn file_of(build: &Build<'_>) -> String {
        format!("{}.redb", family(build))
    }

    /// An empty store beside that of the last build, which stays until [`Self::keep`].
    pub(super) fn fresh(&self, build: &Build<'_>) -> Result<Result<Store, StoreError>, DiskError> {
        Ok(Store::open(build.site.state(&self.fresh_name(), true)?))
    }

    /// Puts the fresh store, which must be closed, in the place of the last one.
    pub(super) fn keep(&self, build: &Build<'_>) -> Result<(), DiskError> {
        build.site.replace_state(&self.fresh_name(), &self.file())
    }

    /// Forgets a fresh store that was not to be kept.
    pub(super) fn drop_fresh(&self, build: &Build<'_>) {
        build.site.forget_state(&self.fresh_name());
    }

    /// Notes that files of the output folder are about to be touched.
    pub(super) fn begin(&self, build: &Build<'_>) -> Result<(), DiskError> {
        build.site.state(&unfinished(&self.name), true).map(|_| ())
    }

    /// Notes that the store holds what was published.
    pub(super) fn end(&self, build: &Build<'_>) {
        build.site.forget_state(&unfinished(&self.name));
    }

    /// The file of the store.
    pub(super) fn file(&self) -> String {
        format!("{}.redb", self.name)
    }

    /// Forgets the stores of other parts of the site, and of the whole, for this output folder: what they say of its files
    /// is not true any more.
    pub(super) fn forget_others(&self, build: &Build<'_>) {
        build.site.forget_other_states(&self.family, &self.file());
    }

    fn fresh_name(&self) -> String {
        format!("{}.new", self.name)
    }
}

/// What some work on a store makes; `None` if the store is so damaged that the library that reads it panics.
pub(super) fn unharmed<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Nothing that the work could leave half-changed is used afterwards: the store is given up.
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

fn unfinished(name: &str) -> String {
    format!("{name}.unfinished")
}

/// The store of this version of brief, with what it holds.
pub(super) fn usable(store: Store) -> Option<(Store, Snapshot)> {
    let snapshot = store.snapshot().ok()?;
    let is_ours = snapshot.setting::<Digest>(FORMAT) == Some(format());
    is_ours.then_some((store, snapshot))
}

/// Of brief itself: another version keeps other records, and makes other bytes of them.
pub(super) fn format() -> Digest {
    Digest::of(concat!(env!("CARGO_PKG_VERSION"), " ", env!("BRIEF_SOURCES")).as_bytes())
}

/// Each output folder has a name for its stores, however its path was typed.
fn family(build: &Build<'_>) -> String {
    let output = build.site.root().join(&build.options.output);
    let plain: PathBuf = Path::components(&output).collect();
    let name = Digest::of(plain.to_string_lossy().as_bytes()).to_string();
    format!("site-{}", &name[..8])
}

/// Everything that was published before, by the key of its file, for a build that does not read it from the archive.
pub(super) struct Previous(BTreeMap<String, Output>);

impl Previous {
    /// What the last store says, and what the output folder says beside it. What is to be forgotten has no fingerprint.
    pub(super) fn of(build: &Build<'_>, last: Option<&Snapshot>, forget: bool) -> Self {
        let listed = build.folder.listed().into_iter();
        let listed = listed.map(|file| Output { file, published: Published::default() });
        let stored = last.map_or_else(Vec::new, Snapshot::outputs).into_iter().map(|mut output| {
            if forget {
                output.published.fingerprint = Digest::default();
            }
            output
        });
        let by_key = |output: Output| (Output::key(&output.file).into_owned(), output);
        Self(listed.chain(stored).map(by_key).collect())
    }

    /// What was published under the key of a file.
    pub(super) fn get(&self, file: &str) -> Option<Output> {
        self.0.get(&*Output::key(file)).cloned()
    }

    /// Every file.
    pub(super) fn files(&self) -> impl Iterator<Item = &String> {
        self.0.values().map(|output| &output.file)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
