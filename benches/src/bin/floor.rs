//! The least that a program must do to publish a newsroom. In: arguments, see [`USAGE`]. Out: the time as JSON.

use std::{env, path::PathBuf, process::ExitCode};

use brief_bench::floor;

const USAGE: &str = "usage: floor IN BUILT OUT

Reads what brief reads of the site in the folder IN, writes as many files with the names and lengths of those in the
folder BUILT into the new folder OUT, on all cores, and prints the time as JSON.";

fn main() -> ExitCode {
    let folders: Vec<_> = env::args().skip(1).map(PathBuf::from).collect();
    let [site, built, out] = folders.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match floor::measure(site, built, out) {
        Ok(measured) => {
            println!("{}", measured.json());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
