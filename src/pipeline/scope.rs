//! How much there is to do. In: what changed, the archive of the last build, and what is to be done once it is filled. Out:
//! what that made. [`run`] is the entry.
//!
//! The cheapest scope that is right is tried first; whatever meets something that reaches further than its scope says so, and
//! the next wider one begins anew from the sources. Every scope goes the same way through [`Filled`] and
//! the errand; they differ in which sources are read and which outputs are looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Build,
    fill::{self, Filled, Filling},
    publish::Ground,
    sources::{self, Site},
    state::{self, Previous, State},
};
use crate::{
    archive::{Newsroom, Registered, Snapshot, Store},
    diag::Diagnostic,
    disk::DiskError,
    load::{self, Known, Sources},
    model::source::SourceKind,
    progress::Phase,
    write::Stopped,
};

/// How much of a site a build looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// What articles, editions, images and static files changed, entities that came or are told otherwise, and what shows them.
    Near,
    /// The same sources and the articles that a changed name may reach, and every output: a template, a text of the registry,
    /// or something that all pages share changed, or something came or went that articles belong to.
    Whole,
    /// Every source and every output: there is no archive, or none that can be used.
    Anew,
}

/// Why a scope was too narrow or the build ended.
#[derive(Debug)]
pub(super) enum Halt {
    /// The change reaches further.
    Widen(Scope),
    /// What only front matter names is not called so any more.
    Forget(Names),
    /// Errors.
    Faults(Vec<Diagnostic>),
    /// The disk or the store refused.
    Stopped(Stopped),
}

impl<E: Into<Stopped>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Stopped(error.into())
    }
}

/// Names that only front matter knows: the kind of what is called so, and the key of the name.
pub(super) type Names = BTreeSet<(Registered, String)>;

/// How a change is taken in.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    /// How much is looked at.
    pub(super) scope: Scope,
    /// What only front matter names and is to be called as the articles, read again, call it.
    pub(super) forgotten: Names,
}

impl Attempt {
    pub(super) fn new(scope: Scope) -> Self {
        Self { scope, forgotten: Names::new() }
    }

    /// Begins again after one that did not reach far enough.
    ///
    /// # Errors
    /// Whatever else halted it.
    pub(super) fn widen(&mut self, halt: Halt) -> Result<(), Halt> {
        match halt {
            Halt::Widen(wider) => self.scope = wider.max(self.scope.wider()),
            Halt::Forget(names) if names.is_subset(&self.forgotten) => self.scope = Scope::Anew,
            Halt::Forget(names) => {
                self.scope = self.scope.max(Scope::Whole);
                self.forgotten.extend(names);
            }
            halt => return Err(halt),
        }
        Ok(())
    }
}

/// What is done with the archive once it is filled.
pub(super) struct Errand<'e, T> {
    /// Whether it makes the archive last; else the store is left as it was.
    pub(super) keeps: bool,
    /// Does it.
    pub(super) run: &'e dyn Fn(&Site, &Newsroom, &Ground<'_>) -> Result<T, Halt>,
}

/// How it ended: with what the errand made, or with errors.
pub(super) type Ended<T> = Result<T, Vec<Diagnostic>>;

/// Fills the archive with as narrow a scope as is right, and runs an errand on it.
pub(super) fn run<T>(
    build: &Build<'_>,
    mut state: State,
    errand: &Errand<'_, T>,
) -> Result<Ended<T>, DiskError> {
    build.watch.begin(Phase::Detect, None);
    let mut diagnostics = Vec::new();
    let Some(settings) = sources::settings(build.site, &mut diagnostics) else {
        return Ok(Err(diagnostics));
    };
    let mut attempt = Attempt::new(Scope::Anew);
    let mut is_damaged = false;
    if let Some((store, snapshot)) = state.last.take() {
        if !build.options.cold && !must_be_anew(build, &snapshot, &settings) {
            let found = detect(build, &snapshot)?;
            attempt.scope = widest(&state, build, &found);
            while attempt.scope != Scope::Anew {
                let old = Old { state: &state, store: &store, archive: &snapshot };
                let work = || narrow(build, old, (&settings, &found), &attempt, errand);
                match state::unharmed(work) {
                    Some(Ok(made)) => return Ok(Ok(made)),
                    Some(Err(halt)) => {
                        if let Err(halt) = attempt.widen(halt) {
                            return ended(halt, diagnostics);
                        }
                    }
                    None => {
                        is_damaged = true;
                        attempt.scope = Scope::Anew;
                    }
                }
            }
        }
        if is_damaged {
            // Closing it would be to go through it once more; nothing of it is needed.
            std::mem::forget((store, snapshot));
        } else {
            state.last = Some((store, snapshot));
        }
    }
    // Whatever a damaged store led to is made again.
    state.was_cut_short |= is_damaged;
    debug_assert_eq!(attempt.scope, Scope::Anew);
    let made = anew(build, &mut state, settings, errand);
    if made.is_err() || !errand.keeps {
        state.drop_fresh(build);
    }
    match made {
        Ok(made) => Ok(Ok(made)),
        Err(halt) => ended(halt, diagnostics),
    }
}

impl Scope {
    pub(super) fn wider(self) -> Self {
        match self {
            Self::Near => Self::Whole,
            Self::Whole | Self::Anew => Self::Anew,
        }
    }
}

fn ended<T>(halt: Halt, mut diagnostics: Vec<Diagnostic>) -> Result<Ended<T>, DiskError> {
    match halt {
        Halt::Faults(faults) => diagnostics.extend(faults),
        Halt::Stopped(Stopped::Disk(error)) => return Err(error),
        Halt::Stopped(stopped) => diagnostics.extend(stopped.diagnostics()),
        Halt::Widen(_) | Halt::Forget(_) => {}
    }
    Ok(Err(diagnostics))
}

/// Whether the archive was filled under other settings, or "now" went back: what it holds may not be what is published.
pub(super) fn must_be_anew(
    build: &Build<'_>,
    archive: &Snapshot,
    settings: &sources::Settings,
) -> bool {
    let (now, config) = (build.options.now.as_second(), settings.config.digest);
    archive.setting::<i64>("now").is_none_or(|last| last > now)
        || archive.setting("settings") != Some(config)
}

pub(super) fn detect(build: &Build<'_>, archive: &Snapshot) -> Result<Sources, DiskError> {
    let known = Known { archive, looked: archive.setting("looked").unwrap_or(i64::MIN) };
    let found = match &build.options.changed {
        Some(paths) => load::given(build.site, known, paths)?,
        None => load::walk(build.site, Some(known))?,
    };
    build.watch.step(found.n_files, found.n_bytes);
    Ok(found)
}

fn widest(state: &State, build: &Build<'_>, found: &Sources) -> Scope {
    if state.was_cut_short || build.folder.is_new() {
        return Scope::Whole;
    }
    reach(found, |kind| kind == SourceKind::Entity || is_near(kind))
}

/// The narrowest scope that may do for what changed: `is_near` tells for which kinds the nearest does.
pub(super) fn reach(found: &Sources, is_near: impl Fn(SourceKind) -> bool) -> Scope {
    let mut all = found.changed.iter().chain(&found.removed);
    if all.all(|it| is_near(it.kind)) { Scope::Near } else { Scope::Whole }
}

/// Kinds of sources that pages show one by one.
pub(super) fn is_near(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::Article | SourceKind::Edition | SourceKind::ContentAsset | SourceKind::Static
    )
}

/// What the last build left.
#[derive(Clone, Copy)]
struct Old<'a> {
    state: &'a State,
    store: &'a Store,
    archive: &'a Snapshot,
}

/// On the archive of the last build.
fn narrow<T>(
    build: &Build<'_>,
    Old { state, store, archive }: Old<'_>,
    (settings, found): (&sources::Settings, &Sources),
    Attempt { scope, forgotten }: &Attempt,
    errand: &Errand<'_, T>,
) -> Result<T, Halt> {
    let scope = *scope;
    let mut site = Site::of(build, settings.clone(), (Some(archive), forgotten), found)?;
    let basis = site.basis().map(|basis| basis.digest());
    if scope == Scope::Near && archive.setting("basis") != basis {
        return Err(Halt::Widen(Scope::Whole));
    }
    if !site.compares_names(archive, forgotten) {
        return Err(Halt::Widen(Scope::Anew));
    }
    if scope == Scope::Near
        && site.is_registry_new
        && (site.retold.is_none() || site.config.is_multilingual())
    {
        return Err(Halt::Widen(Scope::Whole));
    }
    let previous = (scope == Scope::Whole && errand.keeps)
        .then(|| Previous::of(build, Some(archive), forgets(build, state)));
    let filling = Filling { store, archive, scope };
    let Filled { newsroom, delta, mark, notes } = fill::fill(build, &mut site, &filling, found)?;
    let (delta, notes, previous) = (&delta, &notes, previous.as_ref());
    let ground = Ground { state, store, archive, delta, previous, notes, scope };
    let made = (errand.run)(&site, &newsroom, &ground);
    let is_damaged = newsroom.archive.fault().is_some() || archive.fault().is_some();
    drop(newsroom);
    if is_damaged && made.is_err() {
        return Err(Halt::Widen(Scope::Anew));
    }
    if made.is_ok() && errand.keeps {
        state.end(build);
    } else {
        mark.as_ref().map_or(Ok(()), |mark| store.take_back(mark))?;
    }
    made
}

/// From every source, into an archive of its own.
fn anew<T>(
    build: &Build<'_>,
    state: &mut State,
    settings: sources::Settings,
    errand: &Errand<'_, T>,
) -> Result<T, Halt> {
    build.watch.begin(Phase::Detect, None);
    let found = load::walk(build.site, None)?;
    build.watch.step(found.n_files, found.n_bytes);
    let last = state.last.take();
    let archive = last.as_ref().map(|(_, snapshot)| snapshot);
    let previous = errand.keeps.then(|| Previous::of(build, archive, forgets(build, state)));
    // An errand that keeps nothing may compare with what was; for the others it need not stay in memory.
    let _last = last.filter(|_| !errand.keeps);
    let store = state.fresh(build)??;
    let made = {
        store.batch()?.show()?;
        let archive = store.snapshot()?;
        let mut site = Site::of(build, settings, (None, &Names::new()), &found)?;
        let filling = Filling { store: &store, archive: &archive, scope: Scope::Anew };
        let Filled { newsroom, delta, notes, .. } = fill::fill(build, &mut site, &filling, &found)?;
        drop(found);
        let ground = Ground {
            state,
            store: &store,
            archive: &archive,
            delta: &delta,
            previous: previous.as_ref(),
            notes: &notes,
            scope: Scope::Anew,
        };
        (errand.run)(&site, &newsroom, &ground)?
    };
    drop(store);
    if errand.keeps {
        state.keep(build)?;
        state.forget_others(build);
        state.end(build);
    }
    Ok(made)
}

/// Whether what was published before is to be made again, whatever it was made of: after a build that was killed, files
/// may hold what the archive does not tell.
fn forgets(build: &Build<'_>, state: &State) -> bool {
    build.options.cold || build.folder.is_new() || state.was_cut_short
}

/// What a build found by the way, for its outcome: faults of sources by the key under which the archive keeps them.
pub(super) type Faults = BTreeMap<String, Vec<Diagnostic>>;
