//! The only door to the file system: a site's root to read from, an output folder to publish into.
//!
//! In: paths relative to a folder, `/` between names. Out: bytes, listings, or a [`DiskError`] that names the
//! path. [`Site`] reads, [`output::OutputFolder`] writes.

pub mod output;
mod walk;

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

pub use walk::{Entry, Skipped};

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
}

impl Site {
    /// The site whose root is `start` or the nearest folder above it that holds `brief.yaml`.
    #[must_use]
    pub fn find(start: &Path) -> Option<Self> {
        let start = fs::canonicalize(start).ok()?;
        start
            .ancestors()
            .find(|folder| folder.join(SETTINGS).is_file())
            .map(|root| Self { root: root.to_owned() })
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
        fs::read(self.root.join(path)).map_err(failed("read", path))
    }

    /// The regular files below a folder of the root, sorted by path; none when the folder is not there.
    /// Hidden files, editors' swap and backup files are left out; see [`Skipped`] for what else is.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn list(&self, folder: &str) -> Result<(Vec<Entry>, Vec<Skipped>), DiskError> {
        walk::list(&self.root, folder)
    }

    /// Writes a new file below the root, with the folders it needs; an existing file is left alone.
    ///
    /// # Errors
    /// When the file exists ([`io::ErrorKind::AlreadyExists`]) or cannot be written.
    pub fn create(&self, path: &str, text: &str) -> Result<(), DiskError> {
        create(&self.root, path, text)
    }

    /// The text of a file of local state below `.brief/`; `None` when there is none that can be read.
    #[must_use]
    pub fn read_state(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.root.join(STATE).join(name)).ok()
    }

    /// Replaces a file of local state as a whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_state(&self, name: &str, text: &str) -> Result<(), DiskError> {
        let folder = self.root.join(STATE);
        fs::create_dir_all(&folder).map_err(failed("create", STATE))?;
        let temporary = folder.join(format!("{name}.new"));
        let path = format!("{STATE}/{name}");
        fs::write(&temporary, text).map_err(failed("write", path.as_str()))?;
        fs::rename(&temporary, folder.join(name)).map_err(failed("replace", path))
    }

    /// Keeps other builds of the same site out until the lock is dropped.
    ///
    /// # Errors
    /// When another process holds it, or the file cannot be made.
    pub fn lock(&self) -> Result<Lock, DiskError> {
        let path = format!("{STATE}/lock");
        fs::create_dir_all(self.root.join(STATE)).map_err(failed("create", STATE))?;
        let file =
            fs::File::create(self.root.join(&path)).map_err(failed("create", path.as_str()))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(DiskError {
                action: "lock",
                path,
                cause: io::Error::other("another brief is building this site; wait for it to end"),
            }),
            Err(fs::TryLockError::Error(cause)) => Err(DiskError { action: "lock", path, cause }),
        }
    }
}

/// The folder of local state, always safe to delete.
const STATE: &str = ".brief";

/// Held while a build runs.
#[derive(Debug)]
pub struct Lock {
    _file: fs::File,
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
