//! The output folder. In: routes' file names and bytes. Out: files in place, each whole or not at all.
//!
//! The folder bears a marker, and one that brief did not make is refused; only [`OutputFolder::remove`] deletes,
//! and only files. [`OutputFolder::open`] is the entry.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Mutex,
};

use super::{DiskError, Site, failed};

/// The file that marks a folder as made by brief.
pub const MARKER: &str = ".brief-output";
/// In the marker, before the name of a file that is there no more; no published name holds it.
const GONE: &str = "\t";
const MARKER_TEXT: &str =
    "brief publishes into this folder and deletes what it no longer publishes.\n";

/// A folder that brief publishes into.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    /// Whether it bore no marker before.
    is_new: bool,
    /// Folders known to be there, so that none is made twice.
    folders: Mutex<HashSet<String>>,
}

impl OutputFolder {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// When the folder holds files but no marker, holds the site's sources, or cannot be made.
    pub fn open(site: &Site, folder: &Path) -> Result<Self, DiskError> {
        let output = Self::look(site, folder)?;
        if output.is_new {
            let shown = folder.display().to_string();
            fs::create_dir_all(&output.root).map_err(failed("create", shown.as_str()))?;
            fs::write(output.root.join(MARKER), MARKER_TEXT).map_err(failed("mark", shown))?;
        }
        Ok(output)
    }

    /// Opens the folder to look at what is there; it is neither made nor marked.
    ///
    /// # Errors
    /// When the folder holds files but no marker, holds the site's sources, or cannot be listed.
    pub fn look(site: &Site, folder: &Path) -> Result<Self, DiskError> {
        let root = site.root().join(folder);
        let shown = folder.display().to_string();
        refuse_sources(site, &root, &shown)?;
        let is_new = !root.join(MARKER).is_file();
        if is_new && root.exists() {
            let mut entries = fs::read_dir(&root).map_err(failed("list", shown.as_str()))?;
            if entries.next().is_some() {
                let cause = io::Error::other(format!(
                    "it holds files that brief did not make (there is no `{MARKER}` in it); \
                     empty it or choose another folder with --out"
                ));
                return Err(DiskError { action: "publish into", path: shown, cause });
            }
        }
        Ok(Self { root, is_new, folders: Mutex::default() })
    }

    /// The folder of who publishes nothing: it is not there, and nothing is ever put into it.
    #[must_use]
    pub fn nowhere() -> Self {
        Self { root: PathBuf::from("/dev/null/nowhere"), is_new: false, folders: Mutex::default() }
    }

    /// Whether nothing had been published here when it was opened.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// The files that brief has published here, as the marker names them.
    #[must_use]
    pub fn listed(&self) -> BTreeSet<String> {
        let text = fs::read_to_string(self.root.join(MARKER)).unwrap_or_default();
        let mut listed = BTreeSet::new();
        for line in text.strip_prefix(MARKER_TEXT).unwrap_or_default().lines() {
            match line.strip_prefix(GONE) {
                Some(gone) => _ = listed.remove(gone),
                None if is_below(line) => _ = listed.insert(line.to_owned()),
                None => {}
            }
        }
        listed
    }

    /// Notes files that brief is about to make here, and files that it has deleted. So what is brief's is known even where
    /// its state was deleted, or a build was killed.
    ///
    /// # Errors
    /// When the marker cannot be written.
    pub fn note<'n>(
        &self,
        new: impl Iterator<Item = &'n String>,
        gone: impl Iterator<Item = &'n String>,
    ) -> Result<(), DiskError> {
        let mut text = String::new();
        new.for_each(|name| text.extend([name.as_str(), "\n"]));
        gone.for_each(|name| text.extend([GONE, name.as_str(), "\n"]));
        if text.is_empty() {
            return Ok(());
        }
        let marker = fs::OpenOptions::new().append(true).open(self.root.join(MARKER));
        let written = marker.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(failed("write", MARKER))
    }

    /// Makes the marker name these files and no others.
    ///
    /// # Errors
    /// When the marker cannot be replaced.
    pub fn list<'n>(&self, names: impl Iterator<Item = &'n String>) -> Result<(), DiskError> {
        let mut text = MARKER_TEXT.to_owned();
        names.for_each(|name| text.extend([name, "\n"]));
        self.replace(MARKER, text.as_bytes())
    }

    /// Bytes of a file; `None` if it is not there.
    #[must_use]
    pub fn len(&self, path: &str) -> Option<u64> {
        let metadata = fs::symlink_metadata(self.root.join(path)).ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Every file in the folder but the marker, with its length in bytes.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn files(&self) -> Result<BTreeMap<String, u64>, DiskError> {
        let mut files = BTreeMap::new();
        if self.root.exists() {
            self.visit("", &mut files)?;
        }
        files.remove(MARKER);
        Ok(files)
    }

    fn visit(&self, folder: &str, files: &mut BTreeMap<String, u64>) -> Result<(), DiskError> {
        self.known_folders().insert(folder.to_owned());
        for entry in fs::read_dir(self.root.join(folder)).map_err(failed("list", folder))? {
            let entry = entry.map_err(failed("list", folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if entry.file_type().map_err(failed("look at", path.as_str()))?.is_dir() {
                self.visit(&path, files)?;
            } else {
                let len = entry.metadata().map_err(failed("look at", path.as_str()))?.len();
                files.insert(path, len);
            }
        }
        Ok(())
    }

    /// The bytes of a file; `None` if they cannot be read.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.root.join(path)).ok()
    }

    /// Whether a file holds exactly these bytes.
    #[must_use]
    pub fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        fs::read(self.root.join(path)).is_ok_and(|there| there == bytes)
    }

    /// Writes a file that is not there yet, in place: nothing links to it so far, and a rename costs 2.5 times as much.
    ///
    /// # Errors
    /// When it cannot be written; what was written of it is removed.
    pub fn create(&self, path: &str, bytes: &[u8]) -> Result<(), DiskError> {
        stay_below(path)?;
        self.make_folder_of(path)?;
        let full = self.root.join(path);
        let written = fs::File::create_new(&full).and_then(|mut file| file.write_all(bytes));
        written.map_err(|cause| {
            if cause.kind() != io::ErrorKind::AlreadyExists {
                let _ = fs::remove_file(&full);
            }
            DiskError { action: "write", path: path.to_owned(), cause }
        })
    }

    /// Replaces a file as a whole: readers see the old bytes or the new, never a part.
    ///
    /// # Errors
    /// When it cannot be written; the old file stays.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let temporary = format!("{path}.brief-new");
        let _ = fs::remove_file(self.root.join(&temporary));
        self.create(&temporary, bytes)?;
        fs::rename(self.root.join(&temporary), self.root.join(path)).map_err(|cause| {
            let _ = fs::remove_file(self.root.join(&temporary));
            DiskError { action: "replace", path: path.to_owned(), cause }
        })
    }

    /// Deletes a file, and the folders that it leaves empty. A file that is already gone is fine.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub fn remove(&self, path: &str) -> Result<(), DiskError> {
        stay_below(path)?;
        match fs::remove_file(self.root.join(path)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(DiskError { action: "delete", path: path.to_owned(), cause });
            }
            _ => {}
        }
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if fs::remove_dir(self.root.join(parent)).is_err() {
                break;
            }
            self.known_folders().remove(parent);
            folder = parent;
        }
        Ok(())
    }

    fn make_folder_of(&self, path: &str) -> Result<(), DiskError> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        if self.known_folders().contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(self.root.join(folder)).map_err(failed("create", folder))?;
        self.known_folders().insert(folder.to_owned());
        Ok(())
    }

    /// A thread that panicked while holding the lock leaves a set that is still right: it only ever grows.
    fn known_folders(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Whether a path stays below the folder it is relative to.
fn is_below(path: &str) -> bool {
    !path.is_empty() && !path.split('/').any(|name| matches!(name, "" | "." | ".."))
}

/// The plan has refused such paths; this keeps what is outside safe from every other way a path may come here.
fn stay_below(path: &str) -> Result<(), DiskError> {
    if is_below(path) {
        return Ok(());
    }
    let cause = io::Error::new(io::ErrorKind::InvalidInput, "it is outside the output folder");
    Err(DiskError { action: "touch", path: path.to_owned(), cause })
}

/// Publishing into the root, above it, or into a folder of sources would mix the site with its sources.
fn refuse_sources(site: &Site, output: &Path, shown: &str) -> Result<(), DiskError> {
    let output = resolved(output);
    let sources = ["content", "templates", "static", ".brief"].map(|name| site.root().join(name));
    let inside = sources.iter().any(|folder| output.starts_with(folder));
    if site.root().starts_with(&output) || inside {
        let cause =
            io::Error::other("it holds the site's sources; choose another folder with --out");
        return Err(DiskError { action: "publish into", path: shown.to_owned(), cause });
    }
    Ok(())
}

/// The path without links, as far as it exists.
pub(super) fn resolved(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), path.parent(), path.file_name()) {
        (Ok(real), ..) => real,
        (Err(_), Some(parent), Some(name)) => resolved(parent).join(name),
        _ => path.to_owned(),
    }
}
