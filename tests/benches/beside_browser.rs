//! The kiosk's program beside the same two screens as a page in Chromium's kiosk mode: same
//! machine, same run, same finger, same eyes. Both draw by software on an X server without
//! a monitor; `MINWON_KIOSK` names another kiosk than the one that was built with this.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "beside_browser/eyes.rs"]
mod eyes;
#[path = "beside_browser/finger.rs"]
mod finger;
#[path = "beside_browser/page.rs"]
mod page;
#[path = "beside_browser/processes.rs"]
mod processes;
#[path = "beside_browser/table.rs"]
mod table;
#[path = "beside_browser/trial.rs"]
mod trial;

use std::{fs, path::Path, process::Command};

use tests::{
    desktop::{Booth, Desktop, kiosk_program},
    office::TUESDAY_10_00,
    stand::Stand,
};
use trial::{Places, Trial};

fn main() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("bench");
    fs::create_dir_all(&folder).unwrap();
    let places = {
        let mut stand = Stand::open(TUESDAY_10_00);
        let welcome = stand.wait_for("welcome");
        let start = dock::finger::locate(&stand.window, "시작하기").unwrap();
        stand.touch("시작하기");
        let find = stand.wait_for("find");
        let home = dock::finger::locate(&stand.window, "처음으로").unwrap();
        fs::write(folder.join("kiosk.html"), page::html(&welcome, &find, home)).unwrap();
        Places { start, home }
    };

    let program = kiosk_program();
    let booth = Booth::open(TUESDAY_10_00);
    let desktop = Desktop::open();
    let kiosk =
        Trial::new(&desktop, places, folder.join("kiosk")).run(|| booth.kiosk(&program, &desktop));
    drop((desktop, booth));

    let desktop = Desktop::open();
    let browser =
        Trial::new(&desktop, places, folder.join("chromium")).run(|| chromium(&desktop, &folder));
    drop(desktop);

    println!("kiosk {} beside Chromium --kiosk", program.display());
    println!(
        "  1080x1920, software renderers, Xvfb, {} processors",
        table::processors()
    );
    table::print(&kiosk, &browser);
    let figures = serde_json::json!({ "kiosk": kiosk.json(), "chromium": browser.json() });
    fs::write(folder.join("kiosk.json"), format!("{figures:#}\n")).unwrap();
}

/// As a kiosk would have it: a profile that was used before, and nothing on the side.
fn chromium(desktop: &Desktop, folder: &Path) -> Command {
    let mut chromium = Command::new("chromium");
    desktop.furnish(&mut chromium);
    chromium
        .args(["--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--window-position=0,0", "--window-size=1080,1920"])
        .args(["--force-device-scale-factor=1", "--hide-scrollbars"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
        ])
        .args([
            "--disable-features=Translate,TranslateUI",
            "--disable-infobars",
            "--disable-sync",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", folder.join("kiosk.html").display()));
    chromium
}
