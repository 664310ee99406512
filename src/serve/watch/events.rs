//! The system's word of changes → hints. In: a site. Out: a [`Hint`] for each event that may concern it. [`Watcher::new`] is the
//! entry; nothing else knows the library that listens.
//!
//! Folders are watched, never files: editors put another file in the place of the one that is saved. That a file is read is an
//! event too, and says nothing.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::Sender,
};

use notify::{
    Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, CreateKind, Flag, ModifyKind},
};

use super::{Hint, is_source};
use crate::{disk, load};

/// Listens to the system.
pub(super) struct Watcher {
    listener: RecommendedWatcher,
    root: PathBuf,
}

impl Watcher {
    /// Begins to listen to everything that a site reads.
    ///
    /// # Errors
    /// Why the system does not tell, naming the limit where it is one.
    pub(super) fn new(site: &disk::Site, hints: Sender<Hint>) -> Result<Self, String> {
        let root = site.root().to_owned();
        let below = root.clone();
        let told = move |event: notify::Result<Event>| {
            for hint in hints_of(event, &below) {
                // The server ends with the program.
                let _ = hints.send(hint);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let listener = RecommendedWatcher::new(told, config).map_err(|error| limit(&error))?;
        let mut watcher = Self { listener, root };
        // For the settings, and for folders that come later.
        let root = watcher.root.clone();
        let watched = watcher.listener.watch(&root, RecursiveMode::NonRecursive);
        watched.map_err(|error| limit(&error))?;
        load::FOLDERS.iter().try_for_each(|folder| watcher.add(folder))?;
        // A watcher that leaves no file to open for pages and connections is given up again.
        site.can_open(FILES).map_err(|error| limit(&notify::Error::io(error)))?;
        Ok(watcher)
    }

    /// Listens to a folder that has come, with all below it; one that is not there is passed over.
    ///
    /// # Errors
    /// Why the system does not tell.
    pub(super) fn add(&mut self, folder: &str) -> Result<(), String> {
        match self.listener.watch(&self.root.join(folder), RecursiveMode::Recursive) {
            Ok(()) => Ok(()),
            Err(error) if is_gone(&error) => Ok(()),
            Err(error) => Err(limit(&error)),
        }
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// What keeps the system from telling, and where it can be raised.
fn limit(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the limit of watched folders is reached (fs.inotify.max_user_watches)".to_owned()
        }
        ErrorKind::Io(error) => match error.raw_os_error() {
            Some(NO_FILE_LEFT) => {
                "the limit of open files or of watchers is reached (ulimit -n, fs.inotify.max_user_instances)"
                    .to_owned()
            }
            Some(NO_SPACE_LEFT) => {
                "the limit of watched folders is reached (fs.inotify.max_user_watches)".to_owned()
            }
            _ => error.to_string(),
        },
        _ => error.to_string(),
    }
}

/// Files that sources, pages and connections need at one time.
const FILES: usize = 24;
/// EMFILE, alike on every Unix.
const NO_FILE_LEFT: i32 = 24;
/// ENOSPC, with which the system says that there are too many watches.
const NO_SPACE_LEFT: i32 = 28;

/// What an event may mean for the site below `root`.
fn hints_of(event: notify::Result<Event>, root: &Path) -> Vec<Hint> {
    let event = match event {
        Ok(event) => event,
        Err(error) if is_gone(&error) => return vec![Hint::Anywhere],
        Err(error) => return vec![Hint::Blind(limit(&error))],
    };
    if event.flag() == Some(Flag::Rescan) {
        return vec![Hint::Anywhere];
    }
    let is_closed = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
    if matches!(event.kind, EventKind::Access(_)) && !is_closed {
        return Vec::new();
    }
    // Who writes where the system tells of the end of it is still writing until then.
    let is_open =
        cfg!(target_os = "linux") && matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)));
    let is_folder = matches!(
        event.kind,
        EventKind::Create(CreateKind::Folder | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Name(_))
    );
    let at = |path: &PathBuf| {
        let below = path.strip_prefix(root).ok()?;
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        let path = names?.join("/");
        is_source(&path).then_some(Hint::At { path, is_open, is_folder, is_closed })
    };
    event.paths.iter().filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(kind: EventKind, path: &str) -> Vec<Hint> {
        hints_of(Ok(Event::new(kind).add_path(PathBuf::from(path))), Path::new("/site"))
    }

    #[test]
    fn other_peoples_files_and_mere_reading_are_no_hints() {
        let written = EventKind::Modify(ModifyKind::Any);
        for path in [
            "/site/content/articles/.a.md.swp",
            "/site/content/articles/a.md~",
            "/site/content/articles/4913",
            "/site/content/.git/index",
            "/site/public/index.html",
            "/site/.brief/serve.redb",
            "/site/README.md",
            "/elsewhere/content/a.md",
        ] {
            assert_eq!(hints(written, path), [], "{path}");
        }
        let read = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert_eq!(hints(read, "/site/content/articles/a.md"), []);
        assert_eq!(hints(written, "/site/brief.yaml").len(), 1);
        assert_eq!(hints(written, "/site/content").len(), 1);
        assert_eq!(hints(written, "/site/static/.well-known/x").len(), 1);
    }

    #[test]
    fn what_was_missed_is_looked_for_and_a_limit_is_named() {
        let lost = Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan));
        assert_eq!(hints_of(lost, Path::new("/site")), [Hint::Anywhere]);
        let full = Err(notify::Error::new(ErrorKind::MaxFilesWatch));
        let [Hint::Blind(why)] = &*hints_of(full, Path::new("/site")) else {
            unreachable!("the test has one hint")
        };
        assert!(why.contains("max_user_watches"), "{why}");
    }
}
