//! The shell around the machine, on folders of its own.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use provision::{
    places::Places,
    shell::Shell,
    view::{SiteProblem, View},
};

/// Whoever this is, has signed nothing here.
const SIGNER: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGcVdUX/qst6nBN8R8hoGalgKVfES
czvQgA5mT+z4UhwdsF3vXfnMKwtN+zzhXkPkY/ZMuUMwurhOVh+SLc3MWg==
-----END PUBLIC KEY-----
";
const DEVICES: &str = "
[devices.document_printer]
uri = \"ipp://127.0.0.1:1/ipp/print\"
[devices.receipt_printer]
line = \"/dev/minwon/receipt-printer\"
baud = 115200
[devices.payment_terminal]
address = ";
/// As a person would call it broken.
const PATIENCE: Duration = Duration::from_secs(30);

fn image(folder: &Path) -> Places {
    let places = Places {
        image: folder.join("image"),
        state: folder.join("state"),
        run: folder.join("run"),
    };
    fs::create_dir_all(places.image.join("model")).unwrap();
    fs::create_dir_all(places.run.join("stick")).unwrap();
    fs::create_dir_all(places.run.join("panel")).unwrap();
    fs::create_dir_all(&places.state).unwrap();
    let write = |name: &str, text: &str| fs::write(places.image.join(name), text).unwrap();
    write("image.toml", "model = \"qemu-tiny\"\nversion = \"1.4.0\"\n");
    write("site-authority.pem", SIGNER);
    write("model/self-test.toml", "");
    let devices = format!("{DEVICES}{:?}\n", restless_terminal().to_string());
    write("model/devices.toml", &devices);
    places
}

/// Takes every call and hangs up, which its driver has something to say about each time.
fn restless_terminal() -> SocketAddr {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = door.local_addr().unwrap();
    thread::spawn(move || door.incoming().for_each(drop));
    address
}

fn begin(places: Places) -> Receiver<View> {
    let shell = Shell::open(places).unwrap();
    let (show, views) = channel();
    thread::spawn(move || shell.run(|view| drop(show.send(view.clone()))));
    views
}

#[test]
fn a_stick_is_noticed_however_much_devices_have_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let places = image(folder.path());
    let stick = places.run.join("stick");
    let views = begin(places);
    assert_eq!(views.recv_timeout(PATIENCE).unwrap(), View::Site(None));

    fs::write(stick.join("holiday.jpg"), "").unwrap();
    let problem = Some(SiteProblem::NoPackage);
    assert_eq!(views.recv_timeout(PATIENCE).unwrap(), View::Site(problem));

    fs::write(stick.join("site.minwon"), "signed by nobody").unwrap();
    let problem = Some(SiteProblem::NotBelieved);
    assert_eq!(views.recv_timeout(PATIENCE).unwrap(), View::Site(problem));
}

#[test]
fn a_machine_in_service_has_nothing_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let places = image(folder.path());
    let book = places.state.join("provision.json");

    assert!(!Shell::open(places.clone()).unwrap().is_done());
    fs::write(book, "{\"in_service_at\": 1790000000000}").unwrap();
    assert!(Shell::open(places).unwrap().is_done());
}
