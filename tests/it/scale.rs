//! The commands of docs/scale.md are true. In: its code. Out: a command of brief that the program does not take.

use std::{fs, path::Path, process::Command};

use crate::site::{Site, run};

/// In place of what the page leaves to the machine: git, and the variables of a script, a CI and a pod.
const SURROUNDINGS: &str = "git() { printf 'content/articles/x.md\\0content/topics/gone.md\\0'; }
OLD=a NEW=b NOW=2024-01-01T00:00:00Z part=2 JOB_COMPLETION_INDEX=15 JOB_COMPLETIONS=16\n";

/// Every command of brief in the code of a page, one on a line; what follows it in a pipe is left out.
fn commands(text: &str) -> Vec<String> {
    // In YAML, `- |` begins a text and no pipe.
    let joined = text.replace("- |\n", "\n").replace(" |\n", " | ");
    let mut commands = Vec::new();
    for line in joined.lines() {
        let line = line.trim().trim_start_matches("- run: ");
        if line.starts_with("brief ") || line.starts_with("git ") && line.contains("| ") {
            let end = line.rfind(" | jq").unwrap_or(line.len());
            commands.push(line[..end].to_owned());
        }
        // Whole commands in the text; `I/K` and the like stand for something.
        let inline = line.split('`').skip(1).step_by(2);
        commands
            .extend(inline.filter(|code| code.starts_with("brief explain ")).map(str::to_owned));
    }
    let filled = |command: String| {
        command
            .replace("${{ matrix.part }}", "1")
            .replace("${{ needs.start.outputs.now }}", "2024-01-01T00:00:00Z")
            .replace("/tmp/part", "part")
    };
    commands.into_iter().map(filled).collect()
}

#[test]
fn every_command_of_the_page_on_large_sites_works() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scale.md");
    let commands = commands(&fs::read_to_string(page).unwrap());
    assert_eq!(commands.len(), 6, "{commands:#?}");
    let site = Site::new().article("x.md", "title: X\ndate: 2023-09-12", "Text.\n");
    for command in commands {
        let script = format!("{SURROUNDINGS}{command}");
        let ran = run(Command::new("sh").args(["-euc", &script]).current_dir(site.path(".")), &[]);
        assert_eq!(ran.code, 0, "{command}\n{}", ran.stderr);
    }
    for folder in ["public", "parts/2", "part"] {
        assert!(site.path(folder).join(".brief-output").is_file(), "{folder}");
    }
}
