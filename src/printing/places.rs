//! Where Edge, Chrome and Chromium are kept on Windows, macOS and Linux.
//!
//! In: the system and its variables. Out: paths to try, in order; nothing is looked up here, so that each system's places can
//! be tried on any.

use std::ffi::OsString;
use std::path::PathBuf;

/// A kind of system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Windows.
    Windows,
    /// macOS.
    Mac,
    /// Linux and what is like it.
    Linux,
}

impl System {
    /// The one that this program runs on.
    pub fn here() -> System {
        if cfg!(windows) {
            System::Windows
        } else if cfg!(target_os = "macos") {
            System::Mac
        } else {
            System::Linux
        }
    }
}

/// The paths at which a browser may be, the likeliest first: the usual folders, then the PATH, on Linux the other way round.
pub fn places(system: System, variable: &dyn Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    let of =
        |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty());
    let (usual, names): (Vec<String>, &[&str]) = match system {
        System::Windows => (windows(&of), &["msedge.exe", "chrome.exe", "chromium.exe"]),
        System::Mac => (mac(&of), &["chromium", "google-chrome", "chrome"]),
        System::Linux => (LINUX.map(str::to_owned).into(), &LINUX_NAMES),
    };
    let (between, slash) = if system == System::Windows { (';', '\\') } else { (':', '/') };
    let path = of("PATH").unwrap_or_default();
    let folders: Vec<&str> =
        path.split(between).map(|folder| folder.trim_matches('"')).filter(|folder| !folder.is_empty()).collect();
    let named = names.iter().flat_map(|name| folders.iter().map(move |folder| format!("{folder}{slash}{name}")));
    let all: Vec<String> = match system {
        System::Linux => named.chain(usual).collect(),
        _ => usual.into_iter().chain(named).collect(),
    };
    all.into_iter().map(PathBuf::from).collect()
}

const LINUX_NAMES: [&str; 6] = [
    "microsoft-edge",
    "microsoft-edge-stable",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
];

const LINUX: [&str; 4] = [
    "/opt/microsoft/msedge/msedge",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    "/var/lib/flatpak/exports/bin/org.chromium.Chromium",
];

fn windows(of: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    // A program of 32 bits is told another folder under the first name.
    for name in ["ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"] {
        folders.extend(of(name).filter(|folder| !folders.contains(folder)));
    }
    let programs = [
        "Microsoft\\Edge\\Application\\msedge.exe",
        "Google\\Chrome\\Application\\chrome.exe",
        "Chromium\\Application\\chrome.exe",
    ];
    programs.iter().flat_map(|program| folders.iter().map(move |folder| format!("{folder}\\{program}"))).collect()
}

fn mac(of: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let own = of("HOME").map(|home| format!("{home}/Applications"));
    let folders: Vec<String> = std::iter::once("/Applications".to_owned()).chain(own).collect();
    let programs = ["Microsoft Edge", "Google Chrome", "Chromium"];
    programs
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| format!("{folder}/{name}.app/Contents/MacOS/{name}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first of a system's places that is among those that are there.
    fn found(system: System, variables: &[(&str, &str)], there: &[&str]) -> Option<String> {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        let all = places(system, &variable);
        all.into_iter().map(|path| path.to_string_lossy().into_owned()).find(|path| there.contains(&path.as_str()))
    }

    #[test]
    fn windows_keeps_edge_in_the_folder_of_32_bit_programs_and_chrome_with_the_user() {
        let variables = [
            ("ProgramFiles", "C:\\Program Files"),
            ("ProgramW6432", "C:\\Program Files"),
            ("ProgramFiles(x86)", "C:\\Program Files (x86)"),
            ("LOCALAPPDATA", "C:\\Users\\an\\AppData\\Local"),
            ("PATH", "C:\\Windows;\"D:\\tools\""),
        ];
        let edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
        let chrome = "C:\\Users\\an\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe";
        let own = "D:\\tools\\chrome.exe";
        for (there, wanted) in
            [(&[own, chrome, edge][..], Some(edge)), (&[own, chrome], Some(chrome)), (&[own], Some(own)), (&[], None)]
        {
            assert_eq!(found(System::Windows, &variables, there).as_deref(), wanted);
        }
    }

    #[test]
    fn macos_keeps_browsers_among_the_applications_of_all_or_of_one() {
        let variables = [("HOME", "/Users/an"), ("PATH", "/usr/bin:/opt/homebrew/bin")];
        let (all, own) = (
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Users/an/Applications/Chromium.app/Contents/MacOS/Chromium",
        );
        assert_eq!(found(System::Mac, &variables, &[own, all]).as_deref(), Some(all));
        assert_eq!(found(System::Mac, &variables, &[own]).as_deref(), Some(own));
        let brew = "/opt/homebrew/bin/chromium";
        assert_eq!(found(System::Mac, &variables, &[brew]).as_deref(), Some(brew));
    }

    #[test]
    fn linux_goes_by_the_path_and_then_by_what_is_packed_apart() {
        let variables = [("PATH", "/usr/local/bin::/usr/bin")];
        let (chrome, chromium, snap) = ("/usr/local/bin/google-chrome", "/usr/bin/chromium", "/snap/bin/chromium");
        assert_eq!(found(System::Linux, &variables, &[snap, chromium, chrome]).as_deref(), Some(chrome));
        assert_eq!(found(System::Linux, &variables, &[snap, chromium]).as_deref(), Some(chromium));
        assert_eq!(found(System::Linux, &[], &[snap]).as_deref(), Some(snap));
        // An empty entry of the PATH is the folder at hand, where nobody's program is taken from.
        assert!(places(System::Linux, &|_| Some(OsString::from("::"))).iter().all(|path| path.is_absolute()));
    }
}
