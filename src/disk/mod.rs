//! The only door to the file system: a site's root to read from, an output folder to publish into.
//!
//! In: paths relative to a folder, `/` between names. Out: bytes, listings, or a [`DiskError`] that names the
//! path. [`Site`] reads, [`output::OutputFolder`] writes.

pub mod output;
mod walk;

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

pub use walk::{Listing, Skipped, Stamp};

/// A failed access to the file system.
#[derive(Debug)]
pub struct DiskError {
    /// What was tried: `read`, `write`.
    pub action: &'static str,
    /// On what, relative to the site's root where it is below it.
    pub path: String,
    /// Why it failed.
    pub cause: io::Error,
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.action, self.path, self.cause)
    }
}

impl std::error::Error for DiskError {}

fn failed(action: &'static str, path: impl Into<String>) -> impl FnOnce(io::Error) -> DiskError {
    let path = path.into();
    move |cause| DiskError { action, path, cause }
}

/// The name of the settings file; the folder that holds it is a site's root.
pub const SETTINGS: &str = "brief.yaml";

/// A site's root folder.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
    /// What is read instead of what is there.
    held: Arc<BTreeMap<String, Arc<[u8]>>>,
}

impl Site {
    /// The site whose root is `start` or the nearest folder above it that holds `brief.yaml`.
    #[must_use]
    pub fn find(start: &Path) -> Option<Self> {
        let start = fs::canonicalize(start).ok()?;
        start
            .ancestors()
            .find(|folder| folder.join(SETTINGS).is_file())
            .map(|root| Self { root: root.to_owned(), held: Arc::default() })
    }

    /// The same site with other bytes in some of its files.
    #[must_use]
    pub fn holding(&self, held: BTreeMap<String, Arc<[u8]>>) -> Self {
        Self { root: self.root.clone(), held: Arc::new(held) }
    }

    /// The root folder, absolute.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The bytes of a file below the root.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, DiskError> {
        if let Some(held) = self.held.get(path) {
            return Ok(held.to_vec());
        }
        fs::read(self.root.join(path)).map_err(failed("read", path))
    }

    /// What `each` makes of every folder below `folder` and of itself, in no order; nothing when the folder is not there.
    /// Hidden files, editors' swap and backup files are left out; see [`Skipped`] for what else is.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn walk<T: Send>(
        &self,
        folder: &str,
        each: &(impl Fn(Listing) -> T + Sync),
    ) -> Result<(Vec<T>, Vec<Skipped>), DiskError> {
        walk::walk(&self.root, folder, each)
    }

    /// Whether so many files can be opened at one time.
    ///
    /// # Errors
    /// Why not.
    pub fn can_open(&self, n_files: usize) -> io::Result<()> {
        let files = (0..n_files).map(|_| fs::File::open(self.root.join(SETTINGS)));
        files.collect::<io::Result<Vec<_>>>().map(|_| ())
    }

    /// Whether a path is one that nobody reads: hidden, or what editors leave behind.
    #[must_use]
    pub fn is_private(path: &str) -> bool {
        path.split('/').any(walk::is_private)
    }

    /// One file.
    ///
    /// # Errors
    /// Why it is left out; `None` if it is not there or is one that nobody reads.
    pub fn look(&self, path: &str) -> Result<Stamp, Option<&'static str>> {
        walk::look(&self.root, path)
    }

    /// Writes a new file below the root, with the folders it needs; an existing file is left alone.
    ///
    /// # Errors
    /// When the file exists ([`io::ErrorKind::AlreadyExists`]) or cannot be written.
    pub fn create(&self, path: &str, text: &str) -> Result<(), DiskError> {
        create(&self.root, path, text)
    }

    /// A file of local state below `.brief/`, opened for reading and writing; `fresh` empties it first.
    ///
    /// # Errors
    /// When it cannot be opened or made.
    pub fn state(&self, name: &str, fresh: bool) -> Result<StateFile, DiskError> {
        let path = format!("{STATE}/{name}");
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create(true).truncate(fresh);
        options.open(self.root.join(&path)).map_err(failed("open", path))
    }

    /// Whether there is such a file of local state.
    #[must_use]
    pub fn has_state(&self, name: &str) -> bool {
        self.root.join(STATE).join(name).is_file()
    }

    /// Puts a file of local state in the place of another.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn replace_state(&self, from: &str, to: &str) -> Result<(), DiskError> {
        let folder = self.root.join(STATE);
        fs::rename(folder.join(from), folder.join(to)).map_err(failed("replace", to))
    }

    /// Deletes a file of local state, if it is there.
    pub fn forget_state(&self, name: &str) {
        let _ = fs::remove_file(self.root.join(STATE).join(name));
    }

    /// Deletes the files of local state whose names begin with `family` and end in the extension of `kept`, but that one.
    pub fn forget_other_states(&self, family: &str, kept: &str) {
        let extension = kept.rsplit_once('.').map_or("", |(_, extension)| extension);
        let Ok(entries) = fs::read_dir(self.root.join(STATE)) else { return };
        for name in entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
            let is_other = name.starts_with(family) && name != kept;
            if is_other && name.rsplit_once('.').is_some_and(|(_, it)| it == extension) {
                self.forget_state(&name);
            }
        }
    }

    /// Where a path, absolute or relative to `folder`, is below the root, as [`below`] says it.
    #[must_use]
    pub fn place_of(&self, folder: &Path, path: &Path) -> Option<String> {
        below(&self.root, folder, path)
    }

    /// Keeps other builds of the same site out until the lock is dropped.
    ///
    /// # Errors
    /// When another process holds it, or the file cannot be made.
    pub fn lock(&self) -> Result<Lock, DiskError> {
        let cause = "another brief is building this site; wait for it to end";
        self.lock_state("lock")?.ok_or_else(|| DiskError {
            action: "lock",
            path: format!("{STATE}/lock"),
            cause: io::Error::other(cause),
        })
    }

    /// Takes a lock of local state; `None` while another process holds it.
    ///
    /// # Errors
    /// When its file cannot be made.
    pub fn lock_state(&self, name: &str) -> Result<Option<Lock>, DiskError> {
        let path = format!("{STATE}/{name}");
        fs::create_dir_all(self.root.join(STATE)).map_err(failed("create", STATE))?;
        let file =
            fs::File::create(self.root.join(&path)).map_err(failed("create", path.as_str()))?;
        match file.try_lock() {
            Ok(()) => {
                let mut lock = Lock { file, path, taken: 0 };
                lock.taken = lock.moment()?;
                Ok(Some(lock))
            }
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(cause)) => Err(DiskError { action: "lock", path, cause }),
        }
    }

    /// Copies a file of local state over another.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn copy_state(&self, from: &str, to: &str) -> Result<(), DiskError> {
        let folder = self.root.join(STATE);
        fs::copy(folder.join(from), folder.join(to)).map(|_| ()).map_err(failed("copy", from))
    }
}

/// Where a path, absolute or relative to `folder`, is below `base`: `/` between names, empty for the base itself; `None`
/// when it is elsewhere or not UTF-8. What it leads to need not be there.
#[must_use]
pub fn below(base: &Path, folder: &Path, path: &Path) -> Option<String> {
    let full = plain(&folder.join(path));
    // What was reached through a link is known by its real path too.
    let below = |base: &Path, full: &Path| full.strip_prefix(base).ok().map(Path::to_owned);
    let below = below(&plain(base), &full)
        .or_else(|| below(&output::resolved(base), &output::resolved(&full)))?;
    let names: Option<Vec<_>> = below.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}

/// The folder of local state, always safe to delete.
const STATE: &str = ".brief";

/// An open file of local state.
pub type StateFile = fs::File;

/// Held while a build runs.
#[derive(Debug)]
pub struct Lock {
    file: fs::File,
    path: String,
    /// When it was taken, by the clock of the file system: nanoseconds since 1970.
    pub taken: i64,
}

impl Lock {
    /// Now, by the clock of the file system.
    ///
    /// # Errors
    /// When the file of the lock cannot be written.
    pub fn moment(&mut self) -> Result<i64, DiskError> {
        // Written into, so that its time is now.
        let start = io::Seek::rewind(&mut self.file);
        let written = start.and_then(|()| io::Write::write_all(&mut self.file, b"\n"));
        let written = written.and_then(|()| self.file.metadata());
        let metadata = written.map_err(failed("write", self.path.as_str()))?;
        Ok(walk::stamp(&metadata).modified)
    }
}

/// Closing the file would not do: a process that another thread is just starting holds it open a moment longer.
impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Writes a new site's files into a folder that is empty or not there.
///
/// # Errors
/// When the folder holds anything, or a file cannot be written.
pub fn create_site(folder: &Path, files: &[(String, String)]) -> Result<(), DiskError> {
    let shown = folder.display().to_string();
    fs::create_dir_all(folder).map_err(failed("create", shown.as_str()))?;
    let mut entries = fs::read_dir(folder).map_err(failed("list", shown.as_str()))?;
    if entries.next().is_some() {
        let cause = io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty");
        return Err(DiskError { action: "make a site in", path: shown, cause });
    }
    files.iter().try_for_each(|(path, text)| create(folder, path, text))
}

fn create(root: &Path, path: &str, text: &str) -> Result<(), DiskError> {
    let full = root.join(path);
    if let Some(folder) = full.parent() {
        fs::create_dir_all(folder).map_err(failed("create the folder of", path))?;
    }
    let mut file = fs::File::create_new(&full).map_err(failed("create", path))?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(failed("write", path))
}
