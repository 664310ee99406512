//! Folders → what changed. In: a site's root, and the archive, which knows how every folder was when it was last looked at.
//! Out: [`Sources`]: new and changed files, files that are gone, and the folders as they are now.
//!
//! [`walk`] looks at every folder, [`given`] at given paths alone; neither opens a file. A file with equal time, size and
//! number in the file system is the same, unless it is so young that it may have changed since without its time telling.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    archive::{Folder, KnownFile, Snapshot},
    diag::{Diagnostic, Place},
    disk::{DiskError, Listing, Site, Stamp},
    model::source::{SourceFile, SourceKind},
};

/// The key under which the archive keeps what is said of files that are left out.
pub const LEFT_OUT: &str = "\u{1}left out";

/// The folders of a site.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// What is new, changed or gone.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// New and changed files, by kind and path.
    pub changed: Vec<SourceFile>,
    /// Files that are gone, by kind and path.
    pub removed: Vec<SourceFile>,
    /// Articles that stay as they were filed, because their files are at fault.
    pub held: BTreeSet<u32>,
    /// The folders with changes as they are now, without the numbers of new articles.
    pub folders: BTreeMap<String, Folder>,
    /// How many files were looked at.
    pub n_files: u64,
    /// Their bytes.
    pub n_bytes: u64,
    /// A warning for each file of the site that is left out, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// How folders were when last looked at.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The archive that knows them.
    pub archive: &'a Snapshot,
    /// When that was, by the clock of the file system: nanoseconds since 1970.
    pub looked: i64,
}

/// Looks at every folder of a site.
///
/// # Errors
/// When a folder cannot be listed.
pub fn walk(site: &Site, known: Option<Known<'_>>) -> Result<Sources, DiskError> {
    let mut sources = Sources::default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for folder in FOLDERS {
        let (compared, skipped) = site.walk(folder, &|listing| compare(listing, known))?;
        let skipped = skipped.into_iter();
        sources.diagnostics.extend(skipped.map(|it| left_out(&it.path, it.reason)));
        for compared in compared {
            seen.insert(compared.path.clone());
            sources.take(compared);
        }
    }
    if let Some(known) = known {
        for folder in known.archive.folders().into_iter().filter(|it| !seen.contains(it)) {
            sources.forget(known.archive, &folder);
        }
    }
    sources.sort();
    Ok(sources)
}

/// Looks at given paths: files, folders with all that is below them, or what is there no more. The path of the settings is
/// passed over: they are read in every build.
///
/// # Errors
/// When a folder cannot be listed.
pub fn given(site: &Site, known: Known<'_>, paths: &[String]) -> Result<Sources, DiskError> {
    let diagnostics = known.archive.faults_of(LEFT_OUT);
    let mut sources = Sources { diagnostics, ..Sources::default() };
    let is_ours = |path: &&String| FOLDERS.contains(&path.split('/').next().unwrap_or_default());
    let paths: BTreeSet<&String> = paths.iter().filter(is_ours).collect();
    for path in paths {
        let below = format!("{path}/");
        sources.diagnostics.retain(|it| it.file != *path && !it.file.starts_with(&below));
        let looked = site.look(path);
        sources.take_one(known, path, looked.ok());
        match looked {
            Ok(_) => continue,
            Err(reason) => {
                sources.diagnostics.extend(reason.map(|reason| left_out(path, reason)));
            }
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let (compared, skipped) = site.walk(path, &|listing| compare(listing, Some(known)))?;
        let skipped = skipped.into_iter();
        sources.diagnostics.extend(skipped.map(|it| left_out(&it.path, it.reason)));
        for compared in compared {
            seen.insert(compared.path.clone());
            sources.take(compared);
        }
        let gone = known.archive.folders_below(path).into_iter().filter(|it| !seen.contains(it));
        gone.for_each(|folder| sources.forget(known.archive, &folder));
    }
    sources.sort();
    Ok(sources)
}

/// A folder compared with how it was.
struct Compared {
    path: String,
    folder: Option<Folder>,
    changed: Vec<SourceFile>,
    removed: Vec<SourceFile>,
    misplaced: Vec<Diagnostic>,
    n_files: u64,
    n_bytes: u64,
}

fn compare(listing: Listing, known: Option<Known<'_>>) -> Compared {
    let before = known.and_then(|known| known.archive.folder(&listing.folder)).unwrap_or_default();
    let looked = known.map_or(i64::MIN, |known| known.looked);
    let mut compared = Compared {
        path: listing.folder,
        folder: None,
        changed: Vec::new(),
        removed: Vec::new(),
        misplaced: Vec::new(),
        n_files: 0,
        n_bytes: 0,
    };
    let mut before = before.files.into_iter().peekable();
    let mut now = Folder::default();
    let mut differs = false;
    let mut gone: Vec<KnownFile> = Vec::new();
    for (name, stamp) in listing.files {
        let path = format!("{}/{name}", compared.path);
        let Some(kind) = kind(&path) else {
            compared.misplaced.push(misplaced(&path));
            continue;
        };
        while let Some(file) = before.next_if(|file| file.name < name) {
            gone.push(file);
        }
        compared.n_files += 1;
        compared.n_bytes += stamp.len;
        let old = before.next_if(|file| file.name == name);
        let article = old.as_ref().and_then(|old| old.article);
        let is_same = old.is_some_and(|old| old.stamp == stamp);
        differs |= !is_same;
        if !is_same || stamp.modified >= looked {
            compared.changed.push(SourceFile { path, kind, len: stamp.len, article });
        }
        now.files.push(KnownFile { name, stamp, article });
    }
    gone.extend(before);
    differs |= !gone.is_empty();
    let folder = &compared.path;
    compared.removed.extend(gone.into_iter().filter_map(|file| removed(folder, file)));
    // A young file's stamp is the same, but its number may be new to the archive.
    compared.folder = (differs || !compared.changed.is_empty()).then_some(now);
    compared
}

fn removed(folder: &str, file: KnownFile) -> Option<SourceFile> {
    let path = format!("{folder}/{}", file.name);
    let kind = kind(&path)?;
    Some(SourceFile { path, kind, len: 0, article: file.article })
}

impl Sources {
    fn take(&mut self, compared: Compared) {
        self.changed.extend(compared.changed);
        self.removed.extend(compared.removed);
        self.diagnostics.extend(compared.misplaced);
        self.n_files += compared.n_files;
        self.n_bytes += compared.n_bytes;
        if let Some(folder) = compared.folder {
            self.folders.insert(compared.path, folder);
        }
    }

    /// One file, looked at without its folder.
    fn take_one(&mut self, known: Known<'_>, path: &str, stamp: Option<Stamp>) {
        let Some((folder, name)) = path.rsplit_once('/') else { return };
        let entry = self.folders.entry(folder.to_owned());
        let record = entry.or_insert_with(|| known.archive.folder(folder).unwrap_or_default());
        let at = record.files.binary_search_by(|file| file.name.as_str().cmp(name));
        let article = at.ok().and_then(|at| record.files.get(at)).and_then(|file| file.article);
        match (stamp, at, kind(path)) {
            (Some(stamp), at, Some(kind)) => {
                let file = KnownFile { name: name.to_owned(), stamp, article };
                match at {
                    Ok(at) => record.files[at] = file,
                    Err(at) => record.files.insert(at, file),
                }
                let path = path.to_owned();
                self.n_files += 1;
                self.n_bytes += stamp.len;
                self.changed.push(SourceFile { path, kind, len: stamp.len, article });
            }
            (Some(_), _, None) => self.diagnostics.push(misplaced(path)),
            (None, Ok(at), _) => {
                let file = record.files.remove(at);
                self.removed.extend(removed(folder, file));
            }
            _ => {}
        }
    }

    /// A folder that is there no more.
    fn forget(&mut self, archive: &Snapshot, folder: &str) {
        let files = archive.folder(folder).unwrap_or_default().files.into_iter();
        self.removed.extend(files.filter_map(|file| removed(folder, file)));
        self.folders.insert(folder.to_owned(), Folder::default());
    }

    fn sort(&mut self) {
        self.diagnostics.sort();
        self.diagnostics.dedup();
        for files in [&mut self.changed, &mut self.removed] {
            files.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
            files.dedup();
        }
    }
}

/// What a file is, by its folder; `None` for Markdown that stands in none of the folders of content.
#[must_use]
pub fn kind(path: &str) -> Option<SourceKind> {
    let (top, below) = path.split_once('/')?;
    match top {
        "templates" => return Some(SourceKind::Template),
        "static" => return Some(SourceKind::Static),
        _ => {}
    }
    if !has_extension(path, "md") && !has_extension(path, "markdown") {
        return Some(SourceKind::ContentAsset);
    }
    match below.split_once('/')?.0 {
        "articles" => Some(SourceKind::Article),
        "topics" => Some(SourceKind::Topic),
        "entities" => Some(SourceKind::Entity),
        "stories" => Some(SourceKind::Story),
        "editions" => Some(SourceKind::Edition),
        "pages" => Some(SourceKind::Page),
        _ => None,
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, it)| it.eq_ignore_ascii_case(extension))
}

fn left_out(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::warning(path, Place::FILE, "skipped-file", reason)
        .hint("put a regular file in its place, or delete it")
}

fn misplaced(path: &str) -> Diagnostic {
    Diagnostic::warning(
        path,
        Place::FILE,
        "misplaced-file",
        format!("`{path}` is in no folder that brief reads"),
    )
    .hint("move it to content/articles/, topics/, entities/, stories/, editions/ or pages/")
}
