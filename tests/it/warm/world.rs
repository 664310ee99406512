//! A site's sources as values and as files, kept alike. In: files written, moved and deleted. Out: two folders in that
//! state, one for warm builds and one for cold ones, and the paths that were touched. [`World::new`] is the entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;

use crate::site::Site;

/// A content file, or the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Document {
    /// Key → value as one line of YAML.
    pub(super) front: BTreeMap<String, String>,
    /// Paragraphs.
    pub(super) body: Vec<String>,
}

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    Document(Document),
    Bytes(Vec<u8>),
    /// A symbolic link and what is written in it.
    Link(String),
}

/// By path below the root.
pub(super) type Sources = BTreeMap<String, Source>;

/// The sources of two sites, and what has happened to them.
#[derive(Debug)]
pub(super) struct World {
    pub(super) sources: Sources,
    pub(super) now: Timestamp,
    /// As they were when the site was last published.
    published: Sources,
    published_at: Timestamp,
    /// Paths that were written, moved or deleted since then.
    changed: BTreeSet<String>,
    folders: [PathBuf; 2],
}

pub(super) const SETTINGS: &str = "brief.yaml";

/// Looking at it.
impl World {
    /// No sources yet, in the folders of two sites.
    pub(super) fn new(sites: [&Site; 2], now: Timestamp) -> Self {
        Self {
            sources: Sources::new(),
            now,
            published: Sources::new(),
            published_at: now,
            changed: BTreeSet::new(),
            folders: sites.map(|site| site.path("")),
        }
    }

    /// The documents whose path begins with `prefix`.
    pub(super) fn documents(&self, prefix: &str) -> Vec<&str> {
        let below = self.sources.iter().filter(|(path, _)| path.starts_with(prefix));
        let documents = below.filter(|(_, source)| matches!(source, Source::Document(_)));
        documents.map(|(path, _)| path.as_str()).collect()
    }

    pub(super) fn document(&self, path: &str) -> Option<&Document> {
        match self.sources.get(path) {
            Some(Source::Document(document)) => Some(document),
            _ => None,
        }
    }

    /// Each path that was touched since the last build that was published, those that are gone too, and links to them:
    /// what a caller of `--changed` would give.
    pub(super) fn changed(&self) -> Vec<String> {
        let leads_there = |source: &Source| match source {
            Source::Link(target) => self.changed.contains(target.trim_start_matches("../")),
            _ => false,
        };
        let links = self.sources.iter().filter(|(_, source)| leads_there(source));
        links.map(|(path, _)| path).chain(&self.changed).cloned().collect()
    }

    /// Each path whose source is not as it was when the site was last published.
    pub(super) fn differing(&self) -> Vec<String> {
        let paths = self.sources.keys().chain(self.published.keys());
        let differ = paths.filter(|path| self.sources.get(*path) != self.published.get(*path));
        differ.cloned().collect()
    }
}

/// Changing it.
impl World {
    /// Writes a file, or replaces it: by its bytes and path decided, in one of the ways in which editors, `git` and
    /// `rsync` do it.
    pub(super) fn put(&mut self, path: &str, source: Source) {
        self.folders.iter().for_each(|folder| source.write(&folder.join(path)));
        self.sources.insert(path.to_owned(), source);
        self.changed.insert(path.to_owned());
    }

    /// Deletes a file, and the folders that it leaves empty.
    pub(super) fn take(&mut self, path: &str) -> Option<Source> {
        let source = self.sources.remove(path)?;
        for folder in &self.folders {
            fs::remove_file(folder.join(path)).unwrap();
            remove_empty_folders(folder, path);
        }
        self.changed.insert(path.to_owned());
        Some(source)
    }

    /// Moves a file, or every file of a folder, to a place where nothing is; nothing happens where that is not so.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let is_moved = |path: &&String| {
            path.strip_prefix(from).is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        let paths: Vec<String> = self.sources.keys().filter(is_moved).cloned().collect();
        if paths.is_empty() || to.starts_with(&format!("{from}/")) {
            return;
        }
        for folder in &self.folders {
            let target = folder.join(to);
            // A file may stand where a folder would have to be.
            if target.exists() || fs::create_dir_all(target.parent().unwrap()).is_err() {
                return;
            }
            fs::rename(folder.join(from), target).unwrap();
            remove_empty_folders(folder, from);
        }
        for path in paths {
            let moved = format!("{to}{}", &path[from.len()..]);
            let source = self.sources.remove(&path).unwrap();
            self.sources.insert(moved.clone(), source);
            self.changed.extend([path, moved]);
        }
    }

    /// Gives a file a later time and the same bytes.
    pub(super) fn touch(&mut self, path: &str) {
        if self.document(path).is_some() {
            self.folders.iter().for_each(|folder| shift_time(&folder.join(path), 2));
            self.changed.insert(path.to_owned());
        }
    }

    /// Puts another file with the same bytes and the same time in its place.
    pub(super) fn put_again(&mut self, path: &str) {
        if let Some(document) = self.document(path) {
            let bytes = Source::Document(document.clone()).bytes();
            let replace =
                |folder: &PathBuf| replace_in_the_same_instant(&folder.join(path), &bytes);
            self.folders.iter().for_each(replace);
            self.changed.insert(path.to_owned());
        }
    }

    /// Everything as it was when the site was last published, the time too: what has expired since may be missed.
    pub(super) fn undo(&mut self) {
        self.now = self.published_at;
        let published = self.published.clone();
        let gone = self.sources.keys().filter(|path| !published.contains_key(*path));
        let gone: Vec<String> = gone.cloned().collect();
        gone.iter().for_each(|path| drop(self.take(path)));
        for (path, source) in published {
            if self.sources.get(&path) != Some(&source) {
                self.put(&path, source);
            }
        }
    }

    /// Takes the sources for published.
    pub(super) fn set_published(&mut self) {
        self.published = self.sources.clone();
        self.published_at = self.now;
        self.changed.clear();
    }

    /// Loses what warm builds have left to remember.
    pub(super) fn forget_state(&self) {
        let _ = fs::remove_dir_all(self.folders[0].join(".brief"));
    }

    /// Loses all that cold builds have left.
    pub(super) fn clear_cold(&self) {
        for name in [".brief", "public"] {
            let _ = fs::remove_dir_all(self.folders[1].join(name));
        }
    }
}

impl Source {
    /// A text file that is no document.
    pub(super) fn text(text: &str) -> Self {
        Self::Bytes(text.as_bytes().to_owned())
    }

    fn write(&self, path: &Path) {
        let before = fs::symlink_metadata(path).ok();
        let is_there = before.as_ref().is_some_and(fs::Metadata::is_file);
        if before.is_some_and(|it| it.is_symlink()) || is_there && matches!(self, Self::Link(_)) {
            fs::remove_file(path).unwrap();
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let bytes = self.bytes();
        match (self, bytes.len() % 3) {
            (Self::Link(target), _) => symlink(target, path).unwrap(),
            (_, 0) if is_there => replace_in_the_same_instant(path, &bytes),
            (_, 1) if is_there => {
                fs::write(path, &bytes).unwrap();
                shift_time(path, -3600);
            }
            _ => fs::write(path, &bytes).unwrap(),
        }
    }

    /// What stands in the file.
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Document(document) => document.to_string().into_bytes(),
            Self::Link(_) => Vec::new(),
        }
    }
}

/// As a content file; what has no body and a time zone is the settings.
impl std::fmt::Display for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fence = if self.front.contains_key("timezone") { "" } else { "---\n" };
        f.write_str(fence)?;
        self.front.iter().try_for_each(|(key, value)| writeln!(f, "{key}: {value}"))?;
        write!(f, "{fence}{}", self.body.join("\n\n"))
    }
}

fn remove_empty_folders(root: &Path, path: &str) {
    let folders = path.rmatch_indices('/').map(|(at, _)| &path[..at]);
    for folder in folders.filter(|it| it.contains('/')) {
        if fs::remove_dir(root.join(folder)).is_err() {
            break;
        }
    }
}

/// A new file takes the place of the old one, and has its time: a check-out that sets all times alike.
fn replace_in_the_same_instant(path: &Path, bytes: &[u8]) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    // Hidden, so that it is no source should it be left.
    let other = path.with_file_name(".other");
    fs::write(&other, bytes).unwrap();
    File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
    fs::rename(other, path).unwrap();
}

fn shift_time(path: &Path, seconds: i64) {
    let file = File::options().write(true).open(path).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    let by = Duration::from_secs(seconds.unsigned_abs());
    file.set_modified(if seconds < 0 { time - by } else { time + by }).unwrap();
}
