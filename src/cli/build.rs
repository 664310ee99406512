//! `brief build`: publishes the site and says what it did.

use std::{io, path::PathBuf};

use super::{
    Exit,
    args::{Args, Build},
    changed::{self, Stray},
    complain, during, now, print,
    progress::Meter,
    site,
    summary::Summary,
};
use crate::{
    disk::Site,
    link::Shows,
    pipeline::{self, Options},
};

pub(super) fn run(args: &Args, build: &Build) -> Exit {
    let meter = Meter::start();
    let Some(site) = site(args) else { return Exit::CouldNotRun };
    let Ok(changed) = build.changed.as_deref().map(|given| changed(args, &site, given)).transpose()
    else {
        return Exit::CouldNotRun;
    };
    let options = Options {
        output: build.out.clone(),
        now: now(build.now),
        strict: build.strict,
        allow_shrink: build.allow_shrink,
        cold: build.cold,
        changed,
        shard: build.shard,
        shows: Shows::default(),
        explain_mentions: build.explain_mentions,
    };
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(n_threads) = build.threads {
        pool = pool.num_threads(n_threads.into());
    }
    let pool = match pool.build() {
        Ok(pool) => pool,
        Err(error) => {
            complain(args, &format!("cannot start threads: {error}"));
            return Exit::CouldNotRun;
        }
    };
    let work = || pool.install(|| pipeline::build(&site, &options, &meter));
    let outcome = match during(args, build.format, &meter, work) {
        Ok(outcome) => outcome,
        Err(error) => {
            complain(args, &error.to_string());
            return Exit::CouldNotRun;
        }
    };
    print(args, build.format, &outcome.diagnostics);
    let (timings, with_timings) = (meter.timings(), build.timings);
    Summary { outcome: &outcome, out: &build.out, timings, with_timings }.print(args, build.format);
    if outcome.is_published() { Exit::Fine } else { Exit::Findings }
}

/// What `--changed` names, below the site's root; says what is none of the site's.
fn changed(args: &Args, site: &Site, given: &[PathBuf]) -> Result<Vec<String>, Exit> {
    let folder = std::env::current_dir().unwrap_or_else(|_| site.root().to_owned());
    match changed::paths(site, &folder, given, &mut io::stdin().lock()) {
        Ok(Ok(paths)) => Ok(paths),
        Ok(Err(strays)) => {
            for Stray { path, hint } in strays {
                complain(args, &format!("`{path}` is none of the site's sources"));
                eprintln!("  hint: {hint}");
            }
            Err(Exit::CouldNotRun)
        }
        Err(error) => {
            complain(args, &format!("cannot read the paths that changed: {error}"));
            Err(Exit::CouldNotRun)
        }
    }
}
