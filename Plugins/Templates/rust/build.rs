//! Finds codira_analyzer.rs: beside the `codira` on PATH, or the one that CODIRA names, else through pkg-config.

use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=CODIRA");
    println!("cargo:rerun-if-env-changed=PATH");
    let found = beside_command().or_else(through_pkg_config).expect(
        "codira_analyzer.rs is not found: put codira on PATH, or say where it is: make CODIRA=DIR/bin/codira",
    );
    println!("cargo:rerun-if-changed={}", found.display());
    println!("cargo:rustc-env=CODIRA_ANALYZER_RS={}", found.display());
}

fn beside_command() -> Option<PathBuf> {
    let name = std::env::var_os("CODIRA").unwrap_or_else(|| "codira".into());
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .map(|folder| folder.join(&name)) // a name that is a path from the root stays what it is
        .filter_map(|path| path.canonicalize().ok())
        .filter_map(|path| Some(path.parent()?.parent()?.join("share/codira/rust/codira_analyzer.rs")))
        .find(|path| path.is_file())
}

fn through_pkg_config() -> Option<PathBuf> {
    let output = Command::new("pkg-config")
        .args(["--variable=rustdir", "codira-analyzer"])
        .output()
        .ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    let path = PathBuf::from(folder.trim()).join("codira_analyzer.rs");
    path.is_file().then(|| path)
}
