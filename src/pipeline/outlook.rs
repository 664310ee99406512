//! What the next build would do, with nothing done. In: a site. Out: an [`Outlook`], which finds an output by what people
//! call it and tells what it depends on, and why it would be made again or not. [`look`] is the entry.
//!
//! The archive is filled as a build fills it, and then taken back. The one of the last build is read beside it, so that what
//! an output depends on now can be compared with what it was made of.

mod untranslated;

use std::cmp::Reverse;

pub use self::untranslated::Untranslated;

use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    Build, Options, basis, fill,
    publish::{self, Ground},
    scope::{self, Errand, Halt, Scope},
    sources,
    state::State,
};
use crate::{
    archive::{Newsroom, Published, Snapshot},
    diag::{self, Diagnostic},
    disk::{DiskError, Site, output::OutputFolder},
    link::{Reason, Withheld},
    model::{Digest, day::date_of, output::Output, page_id::PageId, route::Route},
    plan::{
        Planner,
        inputs::{self, Basis, How, Input},
    },
    progress::Watch,
    text::html::percent_decode,
};

/// A site as it stands, beside what the last build published of it.
pub struct Outlook<'a> {
    build: &'a Build<'a>,
    now: Planner<'a>,
    /// As the last build left it, if that can be known.
    before: Option<Planner<'a>>,
    /// What the last build's pages had in common.
    last: Option<&'a Snapshot>,
    last_basis: Option<Basis>,
    scope: Scope,
    /// Faults that keep the next build from publishing, as far as they can be told without planning all outputs.
    pub errors: Vec<Diagnostic>,
}

/// An output that was found: one of the next build, or one that the last build published.
#[derive(Debug)]
pub struct Found {
    file: String,
    now: Option<PageId>,
    before: Option<PageId>,
}

/// All there is to say about one output.
#[derive(Debug)]
pub struct Explanation {
    /// The output; as it was, if it goes.
    pub output: Output,
    /// What to name when it is at fault: a source file, or what it is.
    pub owner: String,
    /// What its bytes depend on.
    pub inputs: Vec<Input>,
    /// How that differs from what the last build made it of; `None` where that is not known.
    pub changes: Option<Vec<(How, Input)>>,
    /// Why its source is not published now.
    pub withheld: Option<Reason>,
    /// What the last build published there.
    pub last: Option<Published>,
    /// Bytes of the file in the output folder; `None` where there is none.
    pub there: Option<u64>,
    /// What the next build would do.
    pub next: Next,
}

/// What the next build would do with an output, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: nothing that it depends on has changed.
    Keep,
    /// Nothing, though its file is not there any more: the build looks only at what changed.
    KeepMissing,
    /// Nothing, though its file has another length than it was given.
    KeepAltered,
    /// Nothing: another part of the site holds it.
    LeaveToOtherPart,
    /// Make it: the last build did not publish it.
    MakeNew,
    /// Make it: what it depends on has changed.
    MakeChanged,
    /// Make it: its file is not there any more.
    MakeMissing,
    /// Make it: its file has another length than it was given.
    MakeAltered,
    /// Make it: what the last build made it of is not known.
    MakeUnknown,
    /// Delete it: it is not published any more.
    Remove,
}

impl Next {
    /// Whether the output would be made.
    #[must_use]
    pub fn is_made(self) -> bool {
        use Next::{MakeAltered, MakeChanged, MakeMissing, MakeNew, MakeUnknown};
        matches!(self, MakeNew | MakeChanged | MakeMissing | MakeAltered | MakeUnknown)
    }
}

/// Looks at a site as a build would, and lets `ask` ask about it; `Err` with what keeps it from being planned. Nothing lasts.
///
/// # Errors
/// When the disk refuses, or another process builds the site.
pub fn look<T>(
    site: &Site,
    options: &Options,
    watch: &dyn Watch,
    ask: &dyn Fn(&Outlook<'_>) -> T,
) -> Result<Result<T, Vec<Diagnostic>>, DiskError> {
    let folder = OutputFolder::look(site, &options.output)?;
    let lock = site.lock()?;
    let looked = lock.taken;
    let build =
        Build { site, options, watch, folder: &folder, looked, leaves_out: false, known: None };
    let state = State::open(&build)?;
    let snapshot = || state.last.as_ref().and_then(|(store, _)| store.snapshot().ok());
    let last = snapshot();
    let last_basis: Option<Basis> = last.as_ref().and_then(|last| last.large("inputs"));
    let now = last.as_ref().and_then(|last| last.setting("now"));
    let now = now.and_then(|now| Timestamp::from_second(now).ok());
    let settings = sources::settings(site, &mut Vec::new());
    let before =
        snapshot().zip(settings).and_then(|(last, settings)| newsroom_of(last, settings.config));
    let errand = |site: &sources::Site, newsroom: &Newsroom, ground: &Ground<'_>| {
        let Some(theme) = &site.theme else {
            return Err(Halt::Faults(publish::findings(&build, newsroom, ground.notes)));
        };
        let basis = basis::basis(&newsroom.config, theme, &newsroom.registry, &newsroom.statics);
        let planner = Planner { newsroom, now: options.now, basis: &basis };
        let mut errors = publish::findings(&build, newsroom, ground.notes);
        errors.retain(Diagnostic::is_error);
        if ground.scope == Scope::Near {
            match publish::near(&build, newsroom, &planner, ground) {
                Err(Halt::Faults(found)) => errors.extend(found),
                work => drop(work?),
            }
        }
        let before = before.as_ref().zip(now).zip(last_basis.as_ref());
        let before = before.map(|((newsroom, now), basis)| Planner { newsroom, now, basis });
        let errors = diag::sorted(errors);
        let last_basis = last_basis.clone();
        let (build, last, scope) = (&build, last.as_ref(), ground.scope);
        Ok(ask(&Outlook { build, now: planner, before, last, last_basis, scope, errors }))
    };
    let looked = scope::run(&build, state, &Errand { keeps: false, run: &errand })?;
    watch.end();
    Ok(looked.map_err(diag::sorted))
}

/// The newsroom as the last build left it; `None` if that was under other settings.
fn newsroom_of(last: Snapshot, config: crate::model::config::Config) -> Option<Newsroom> {
    let is_same = last.setting("settings") == Some(config.digest);
    let registry: crate::archive::Registry = last.large("registry")?;
    let statics = last.setting("statics")?;
    let today = date_of(last.setting("today")?);
    is_same.then(|| Newsroom::new(config, registry, statics, today, last))
}

impl Outlook<'_> {
    /// Every output of the next build, in publishing order.
    #[must_use]
    pub fn outputs(&self) -> Vec<Found> {
        let ids = self.now.all().into_iter();
        let found = ids.filter_map(|id| {
            let file = self.now.output(&id)?.route.file();
            let before = self.before.as_ref().and_then(|it| it.at(&file));
            Some(Found { file, now: Some(id), before })
        });
        found.collect()
    }

    /// The output that is meant by a route, decoded or percent-encoded, by its URL, or by its file below the output
    /// folder. A folder may be named without the `/` at its end.
    #[must_use]
    pub fn find(&self, asked: &str) -> Option<Found> {
        let find = |file: String| {
            let now = self.now.at(&file);
            let is_known = self.last(&file).is_some();
            let before = self.before.as_ref().filter(|_| is_known).and_then(|it| it.at(&file));
            (now.is_some() || before.is_some()).then_some(Found { file, now, before })
        };
        self.files(asked).into_iter().find_map(find)
    }

    /// The files that may be meant; none for a URL of another site.
    fn files(&self, asked: &str) -> Vec<String> {
        let config = &self.now.newsroom.config;
        let asked: String = asked.nfc().collect();
        let base = config.base_url.trim_end_matches('/');
        let path = match asked.strip_prefix(base) {
            Some(below) if below.is_empty() || below.starts_with(['/', '?', '#']) => below,
            _ if asked.contains("://") => return Vec::new(),
            _ => &asked,
        };
        let plain = path.split(['?', '#']).next().unwrap_or(path);
        let below_base = plain.strip_prefix(config.base_path()).unwrap_or(plain);
        let decoded = percent_decode(plain);
        let decoded_below_base = percent_decode(below_base);
        let paths = [path, plain, below_base, &decoded, &decoded_below_base];
        let routes = paths.map(|path| format!("/{}", path.trim_start_matches('/')));
        let file = |route: &str| Route::new(route).file();
        let mut files: Vec<String> = Vec::new();
        for file in routes.iter().flat_map(|route| [file(route), file(&format!("{route}/"))]) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }

    /// The routes that are most like what was asked for, the most like first: of what the last build published, or would
    /// have.
    #[must_use]
    pub fn nearest(&self, asked: &str, n_wanted: usize) -> Vec<Route> {
        let asked = self.files(asked).into_iter().next().unwrap_or_default();
        let published = self.last.map_or_else(Vec::new, Snapshot::outputs).into_iter();
        let mut files: Vec<String> = published.map(|output| output.file).collect();
        if files.is_empty() {
            let routes = self.now.all().into_iter().filter_map(|id| self.now.route(&id));
            files = routes.map(|route| route.file()).collect();
        }
        files.sort_by_cached_key(|file| (Reverse(likeness(&asked, file)), file.len()));
        files.into_iter().take(n_wanted).map(|file| Route::of_file(&file)).collect()
    }

    /// What the last build published in a file.
    fn last(&self, file: &str) -> Option<Published> {
        let mut last = self.last?.output(file).filter(|it| it.file == file)?.published;
        if self.build.folder.is_new() {
            // What was published elsewhere is made again, whatever it was made of.
            last.fingerprint = Digest::default();
        }
        Some(last)
    }

    /// All there is to say about an output; `None` if the archive is damaged.
    #[must_use]
    pub fn explain(&self, found: &Found) -> Option<Explanation> {
        let before = found.before.as_ref().zip(self.before.as_ref());
        let before = before.and_then(|(id, planner)| planner.explained(id));
        let now = found.now.as_ref().and_then(|id| self.now.explained(id));
        let last = self.last(&found.file);
        let there = self.build.folder.len(&found.file);
        let goes = now.is_none();
        let changes = now.as_ref().and_then(|now| self.changes(before.as_ref(), now, last?));
        let owner = match (&found.now, found.before.as_ref().zip(self.before.as_ref())) {
            (Some(id), _) => self.now.owner(id),
            (None, Some((id, planner))) => planner.owner(id),
            (None, None) => String::new(),
        };
        let (output, inputs) = now.or(before)?;
        let next = if goes { Next::Remove } else { self.next(&output, last, there) };
        let withheld = fill::withheld(self.now.newsroom).into_iter();
        let withheld = withheld.filter(|_| goes).find(|it| it.source == owner);
        let withheld = withheld.map(|Withheld { reason, .. }| reason);
        Some(Explanation { output, owner, inputs, changes, withheld, last, there, next })
    }

    fn changes(
        &self,
        before: Option<&(Output, Vec<Input>)>,
        (output, inputs): &(Output, Vec<Input>),
        last: Published,
    ) -> Option<Vec<(How, Input)>> {
        if last.fingerprint == Digest::default() {
            return None;
        }
        if last.fingerprint == output.fingerprint {
            return Some(Vec::new());
        }
        match before.filter(|(old, _)| old.fingerprint == last.fingerprint) {
            Some((_, old)) => Some(inputs::changes(old, inputs)),
            // Under other settings nothing but what all pages share can be compared.
            None => {
                let template = output.id.template();
                let old = self.last_basis.as_ref()?.inputs(template);
                let changes = inputs::changes(&old, &self.now.basis.inputs(template));
                (!changes.is_empty()).then_some(changes)
            }
        }
    }

    fn next(&self, output: &Output, last: Option<Published>, there: Option<u64>) -> Next {
        let shard = self.build.options.shard;
        if shard.is_some_and(|shard| !shard.holds(&output.route)) {
            return Next::LeaveToOtherPart;
        }
        let Some(last) = last else {
            return if there.is_some() { Next::MakeUnknown } else { Next::MakeNew };
        };
        let is_looked_at = self.scope != Scope::Near;
        match there {
            None if is_looked_at => Next::MakeMissing,
            _ if last.fingerprint == Digest::default() => Next::MakeUnknown,
            _ if last.fingerprint != output.fingerprint => Next::MakeChanged,
            None => Next::KeepMissing,
            Some(len) if len == last.len => Next::Keep,
            Some(_) if is_looked_at => Next::MakeAltered,
            Some(_) => Next::KeepAltered,
        }
    }
}

/// How many characters two files' names have in common at the beginning and at the end: a slip of the hand is in the middle.
fn likeness(a: &str, b: &str) -> usize {
    let before = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let rest = a.chars().count().min(b.chars().count()) - before;
    let after = a.chars().rev().zip(b.chars().rev()).take(rest).take_while(|(a, b)| a == b).count();
    before + after
}
