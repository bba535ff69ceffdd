//! Programs that somebody else wrote judge the camera and its twin: ffmpeg serves codes that
//! zint drew, and watches the twin; zbarimg reads along where it can.

#![allow(clippy::unwrap_used)]

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use bench::{
    camera::{Camera as BenchCamera, Manner, PATH},
    socket::Socket,
};
use devices::barcode_reader::{Barcode, BarcodeReaderEvent, BarcodeReaderOrder, Symbology};
use drivers::barcode_reader::camera::start;
use tokio::{sync::mpsc::unbounded_channel, time::timeout};

const PATIENCE: Duration = Duration::from_secs(60);
const CODE: &str = "MT1:6BF+70790T9WJWG.FKY*4GO0";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("camera-oracle")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Draws a code; `--barcode` names its symbology for zint.
fn draw(folder: &Path, barcode: &str, data: &str) -> PathBuf {
    let picture = folder.join("code.png");
    let drawn = Command::new("zint")
        .args(["--barcode", barcode, "--scale", "2", "--whitesp", "12"])
        .args(["--vwhitesp", "6", "--data", data, "--output"])
        .arg(&picture)
        .status()
        .unwrap();
    assert!(drawn.success(), "zint cannot draw {barcode}");
    picture
}

/// What zbarimg reads in a picture.
fn read_by_zbar(picture: &Path) -> String {
    let read = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(picture)
        .output()
        .unwrap();
    String::from_utf8_lossy(&read.stdout).trim_end().to_owned()
}

/// A camera that ffmpeg makes of a still picture; it serves one caller.
struct Ffmpeg {
    child: Child,
    url: String,
}

impl Ffmpeg {
    fn serve(folder: &Path, picture: &Path, filter: &str) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = port.local_addr().unwrap();
        drop(port);
        let url = format!("http://{address}/video");
        let log = File::create(folder.join("log")).unwrap();
        let child = Command::new("ffmpeg")
            .args(["-hide_banner", "-nostdin", "-re", "-loop", "1", "-i"])
            .arg(picture)
            .args(["-vf", filter, "-r", "10", "-f", "mpjpeg"])
            .args(["-content_type", "multipart/x-mixed-replace;boundary=ffmpeg"])
            .args(["-listen", "1", &url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { child, url }
    }
}

impl Drop for Ffmpeg {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first code that is read of a camera.
async fn read(url: &str) -> Barcode {
    let (tell, mut told) = unbounded_channel();
    let orders = start(url.parse().unwrap(), move |event| drop(tell.send(event)));
    orders.send(BarcodeReaderOrder::Read).unwrap();
    loop {
        let told = timeout(PATIENCE, told.recv()).await;
        match told.expect("a code in time").unwrap() {
            BarcodeReaderEvent::Scanned(code) => return code,
            BarcodeReaderEvent::Refused(fault) => panic!("{fault}"),
            BarcodeReaderEvent::Status(_) => {}
        }
    }
}

#[tokio::test]
async fn codes_of_every_symbology_are_read_of_a_foreign_camera() {
    for (barcode, symbology, data, zbar_reads_it) in [
        ("QRCODE", Symbology::Qr, CODE, true),
        ("DATAMATRIX", Symbology::DataMatrix, CODE, false),
        ("AZTEC", Symbology::Aztec, CODE, false),
        ("PDF417", Symbology::Pdf417, CODE, false),
        ("CODE128", Symbology::Code128, "MT1:6BF+70790T9", true),
        ("CODE39", Symbology::Code39, "MT1-6BF", true),
        ("EANX", Symbology::Ean, "8801234567893", true),
    ] {
        let folder = folder(barcode);
        let picture = draw(&folder, barcode, data);
        if zbar_reads_it {
            assert_eq!(read_by_zbar(&picture), data, "{barcode} to zbar");
        }
        let camera = Ffmpeg::serve(&folder, &picture, "pad=1280:960:(ow-iw)/2:(oh-ih)/2:gray");

        let code = read(&camera.url).await;

        assert_eq!(code.text.reveal(), data, "{barcode}");
        assert_eq!(code.symbology, symbology, "{barcode}");
    }
}

#[tokio::test]
async fn a_paper_that_is_held_askew_in_bad_light_is_read_of_a_foreign_camera() {
    let folder = folder("askew");
    let picture = draw(&folder, "QRCODE", CODE);
    let askew = "scale=3*iw:-1,rotate=0.3:ow=rotw(0.3):oh=roth(0.3):c=white,\
        pad=1280:960:(ow-iw)/2:(oh-ih)/2:gray,eq=contrast=0.5,noise=alls=12:allf=t,boxblur=1";
    let camera = Ffmpeg::serve(&folder, &picture, askew);

    let code = read(&camera.url).await;

    assert_eq!(code.text.reveal(), CODE);
}

/// The twin is a camera to others, too: ffmpeg takes pictures of it, zbarimg reads them.
#[test]
fn a_foreign_program_sees_what_is_held_before_the_twin() {
    for manner in [Manner::Counted, Manner::Uncounted, Manner::Chunked] {
        let folder = folder(&format!("{manner:?}"));
        let twin = Socket::host(BenchCamera::default()).unwrap();
        twin.with(|camera| {
            camera.set_manner(manner);
            camera.hold(CODE);
        });
        let seen = folder.join("seen.png");

        let watched = Command::new("ffmpeg")
            .args(["-hide_banner", "-nostdin", "-loglevel", "error"])
            .args(["-f", "mpjpeg", "-strict_mime_boundary", "1", "-i"])
            .arg(format!("http://{}{PATH}", twin.address()))
            .args(["-frames:v", "1"])
            .arg(&seen)
            .status()
            .unwrap();

        assert!(watched.success(), "{manner:?}");
        assert_eq!(read_by_zbar(&seen), CODE, "{manner:?}");
    }
}
