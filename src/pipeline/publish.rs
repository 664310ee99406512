//! The archive → files. In: a filled archive and what changed. Out: an [`Outcome`]; then the archive lasts. [`publish`] is
//! the entry.

use std::collections::{BTreeMap, HashSet};

use super::{
    Build, Outcome, basis, fill,
    review::review,
    scope::{Halt, Scope},
    sources::{self, Site},
    state::{Previous, State},
};
use crate::{
    archive::{Delta, Newsroom, Snapshot, Store},
    diag::{self, Diagnostic},
    link::unfiled,
    model::{Digest, config::Config, newsroom::Shelf, page_id::PageId, route::Route},
    plan::{Planner, Proof},
    progress::Phase,
    render::{self, Last, Renderer, Sources, theme::Theme},
    text::locale::Locale,
    write::{self, Publisher, Report, Work},
};

/// What there was before, and what changed.
pub(super) struct Ground<'a> {
    pub(super) state: &'a State,
    pub(super) store: &'a Store,
    /// As the last build left it.
    pub(super) archive: &'a Snapshot,
    pub(super) delta: &'a Delta,
    /// Everything that was published before, where every output is looked at to be published.
    pub(super) previous: Option<&'a Previous>,
    /// What there is to say that the archive does not keep.
    pub(super) notes: &'a [Diagnostic],
    /// How much was looked at. Of a site that was read anew, the store takes the place of the last one only after this.
    pub(super) scope: Scope,
}

/// Plans and publishes; nothing is written while there is an error.
pub(super) fn publish(
    build: &Build<'_>,
    site: &Site,
    newsroom: &Newsroom,
    ground: &Ground<'_>,
) -> Result<Outcome, Halt> {
    let report = put(build, site, newsroom, ground)?;
    Ok(Outcome {
        report: Some(report),
        withheld: fill::withheld(newsroom),
        diagnostics: diag::sorted(findings(build, newsroom, ground.notes)),
        articles: newsroom.in_tongues().map(|it| it.count(Shelf::All)).sum(),
        mentions: build.options.explain_mentions.then(|| review(build, newsroom)),
        languages: languages(newsroom),
    })
}

fn put(
    build: &Build<'_>,
    site: &Site,
    newsroom: &Newsroom,
    ground: &Ground<'_>,
) -> Result<Report, Halt> {
    let theme = match &site.theme {
        Some(theme)
            if !findings(build, newsroom, ground.notes).iter().any(Diagnostic::is_error) =>
        {
            theme
        }
        _ => return Err(Halt::Faults(findings(build, newsroom, ground.notes))),
    };
    build.watch.begin(Phase::Plan, None);
    let basis = basis::basis(&newsroom.config, theme, &newsroom.registry, &newsroom.statics);
    let planner = Planner { newsroom, now: build.options.now, basis: &basis };
    let work = work(build, newsroom, &planner, ground)?;
    build.watch.step(work.ids.len() as u64, 0);
    let locales: Vec<Locale> = newsroom.in_tongues().map(|it| locale_of(&it.config)).collect();
    let body = |source: &str| sources::body_of(build.site, source);
    let bytes =
        |path: &str| build.site.read(path).map_err(|error| render::unreadable(path, &error));
    let last_bytes = |file: &str| last_bytes(build, newsroom, ground, file);
    let stays = |id| {
        let row = ground.archive.row(id);
        row.is_some() && row == newsroom.archive.row(id)
    };
    let last = Last { bytes: &last_bytes, stays: &stays };
    let sources = Sources { body: &body, bytes: &bytes, last };
    let renderers = renderers(newsroom, theme, &locales, sources);
    let publisher = Publisher {
        folder: build.folder,
        plan: &|id| planner.output(id),
        route: &|id| planner.route(id),
        render: &|output, out| {
            let renderer = renderers.get(usize::from(output.tongue.0));
            renderer.map_or(Ok(()), |renderer| renderer.render(output, out))?;
            // What a damaged archive gave is not published.
            newsroom.archive.fault().map_or(Ok(()), |fault| Err(damaged(fault)))
        },
        previous: &|file| match ground.previous {
            Some(previous) => previous.get(file),
            None => ground.archive.output(file),
        },
        watch: build.watch,
    };
    if ground.previous.is_none() && is_fresh(&work, &planner, newsroom) {
        // Nothing is written, not even that nothing was.
        return Ok(Report { outputs: newsroom.archive.n_outputs(), ..Report::default() });
    }
    ground.state.begin(build)?;
    let batch = ground.store.batch()?;
    let mut n_pages = work.n_pages;
    let is_anew = work.there.is_some();
    let mut pages = 0;
    let report = write::publish(&publisher, work, &mut |records| {
        let sorted: BTreeMap<&str, _> =
            records.iter().map(|(file, it)| (file.as_str(), it.as_ref())).collect();
        pages += records.iter().filter(|(file, it)| is_page(file) && it.is_some()).count();
        Ok(batch.put_outputs(sorted)?)
    })?;
    build.watch.begin(Phase::Store, None);
    let created = report.created.iter().filter(|file| is_page(file)).count();
    let removed = report.removed.iter().filter(|file| is_page(file)).count();
    n_pages = if is_anew { pages } else { (n_pages + created).saturating_sub(removed) };
    batch.put_setting("pages", &n_pages)?;
    if ground.archive.setting("basis") != Some(basis.digest()) {
        batch.put_setting("basis", &basis.digest())?;
        batch.put_large("inputs", &basis)?;
    }
    batch.commit()?;
    let outputs = ground.store.snapshot()?.n_outputs();
    if ground.scope != Scope::Anew {
        ground.state.forget_others(build);
    }
    Ok(Report { outputs, ..report })
}

/// A file as the last build published it, where that was made of the same settings, templates and registry. What somebody
/// else has changed since is not what was published. In several languages, what a topic is called and where it leads may
/// change with any article.
fn last_bytes(
    build: &Build<'_>,
    newsroom: &Newsroom,
    ground: &Ground<'_>,
    file: &str,
) -> Option<Vec<u8>> {
    let is_same = ground.scope == Scope::Near && ground.delta.lists.is_empty();
    if !is_same || newsroom.config.is_multilingual() {
        return None;
    }
    let published = ground.archive.output(file).filter(|it| it.file == file)?.published;
    build.folder.read(file).filter(|bytes| Digest::of(bytes) == published.digest)
}

/// Whether nothing that may have changed did, and the archive is as it was.
fn is_fresh(work: &Work, planner: &Planner<'_>, newsroom: &Newsroom) -> bool {
    work.gone.is_empty()
        && work.ids.iter().all(PageId::is_news_sitemap)
        && work.ids.iter().filter_map(|id| planner.output(id)).all(|output| {
            let published = newsroom.archive.output(&output.route.file());
            published.is_some_and(|it| it.published.fingerprint == output.fingerprint)
        })
}

/// How many articles each language has.
fn languages(newsroom: &Newsroom) -> Vec<(String, usize)> {
    let tongues = newsroom.in_tongues().filter(|_| newsroom.config.is_multilingual());
    tongues.map(|it| (it.config.language.clone(), it.count(Shelf::All))).collect()
}

/// One for each language.
fn renderers<'a>(
    newsroom: &'a Newsroom,
    theme: &'a Theme,
    locales: &'a [Locale],
    sources: Sources<'a>,
) -> Vec<Renderer<'a>> {
    let tongues = newsroom.in_tongues().zip(&theme.uis).zip(locales);
    tongues
        .map(|((newsroom, ui), locale)| Renderer::new(newsroom, (theme, ui), locale, sources))
        .collect()
}

pub(super) fn locale_of(config: &Config) -> Locale {
    Locale::new(&config.language, config.numerals, config.months, config.second_calendar)
}

fn is_page(file: &str) -> bool {
    file.ends_with(".html")
}

pub(super) fn damaged(fault: &str) -> Diagnostic {
    Diagnostic::error("", diag::Place::FILE, "state", format!("the state is damaged: {fault}"))
        .hint("delete the folder .brief and build again")
}

/// Which outputs a change may touch, and what goes with it.
pub(super) fn near(
    build: &Build<'_>,
    newsroom: &Newsroom,
    planner: &Planner<'_>,
    ground: &Ground<'_>,
) -> Result<Work, Halt> {
    let allow_shrink = build.options.allow_shrink;
    let n_pages = ground.archive.setting("pages").unwrap_or(0);
    let ids: Vec<PageId> = planner.near(ground.delta);
    match planner.prove_near(&ids, &ground.delta.left) {
        Proof::Holds => {
            let left = ground.delta.left.iter().map(Route::file);
            let gone = left.filter(|file| newsroom.archive.output(file).is_some()).collect();
            let samples = samples(build, &ids);
            let ids = part(build, planner, ids);
            Ok(Work { ids, samples, gone, n_pages, allow_shrink, ..Work::default() })
        }
        Proof::Fails(diagnostics) => Err(Halt::Faults(diagnostics)),
        Proof::Open => Err(Halt::Widen(Scope::Whole)),
    }
}

/// Which outputs to look at, and what goes.
fn work(
    build: &Build<'_>,
    newsroom: &Newsroom,
    planner: &Planner<'_>,
    ground: &Ground<'_>,
) -> Result<Work, Halt> {
    let Some(previous) = ground.previous else { return near(build, newsroom, planner, ground) };
    let allow_shrink = build.options.allow_shrink;
    let mut ids = planner.all();
    if let Proof::Fails(diagnostics) = planner.prove(&ids) {
        return Err(Halt::Faults(diagnostics));
    }
    // Files beside content that nothing shows have names, and no output.
    ids.retain(|id| !matches!(id, PageId::Media(_)) || planner.output(id).is_some());
    let there = build.folder.files()?;
    let planned: HashSet<String> = if there.is_empty() && previous.is_empty() {
        HashSet::new()
    } else {
        ids.iter().filter_map(|id| planner.route(id)).map(|route| route.file()).collect()
    };
    let is_ours =
        |file: &&String| build.options.shard.is_none_or(|it| it.holds(&Route::of_file(file)));
    let gone = previous.files().filter(|file| !planned.contains(*file));
    let gone = gone.filter(is_ours).cloned().collect();
    let foreign = there
        .keys()
        .filter(|file| !planned.contains(*file) && previous.get(file).is_none())
        .cloned()
        .collect();
    let n_pages = previous.files().filter(|file| is_page(file)).count();
    let samples = samples(build, &ids);
    let ids = part(build, planner, ids);
    let others = others(build, &there, &planned);
    Ok(Work { samples, foreign, others, ids, gone, there: Some(there), n_pages, allow_shrink })
}

/// What is made before anything is written. A small build makes everything before it writes; one of a part makes what a
/// build of the whole would, so that a template's fault stops all parts or none.
fn samples(build: &Build<'_>, ids: &[PageId]) -> Vec<PageId> {
    if build.options.shard.is_none() && ids.len() <= write::SMALL {
        return Vec::new();
    }
    write::samples(ids, write::REHEARSED)
}

/// The outputs of the part that is to be published; in publishing order still.
fn part(build: &Build<'_>, planner: &Planner<'_>, mut ids: Vec<PageId>) -> Vec<PageId> {
    if let Some(shard) = build.options.shard {
        ids.retain(|id| planner.route(id).is_some_and(|route| shard.holds(&route)));
    }
    ids
}

/// How many files of other parts there are.
fn others(build: &Build<'_>, there: &BTreeMap<String, u64>, planned: &HashSet<String>) -> usize {
    let Some(shard) = build.options.shard else { return 0 };
    let is_other = |file: &&String| !shard.holds(&Route::of_file(file));
    there.keys().filter(|file| planned.contains(*file)).filter(is_other).count()
}

/// Everything that an editor should look at.
pub(super) fn findings(
    build: &Build<'_>,
    newsroom: &Newsroom,
    notes: &[Diagnostic],
) -> Vec<Diagnostic> {
    let mut findings = notes.to_vec();
    findings.extend(newsroom.archive.faults());
    findings.extend(unfiled::warnings(newsroom, build.options.strict));
    findings
}
