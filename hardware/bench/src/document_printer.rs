//! An A4 printer: CUPS's own `ippeveprinter`, an IPP Everywhere printer that
//! somebody else wrote, with an engine of ours behind it that can be out of
//! paper, jammed or dead.

mod surroundings;

use std::{
    fs,
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Takes its time for every sheet.
    Slow,
    /// The tray is about to be empty; it still prints.
    PaperLow,
    PaperOut,
    /// The next sheet jams before it comes out.
    Jam,
    CoverOpen,
    /// Takes questions and answers none.
    Dead,
    /// Switched off.
    Gone,
}

/// What the engine does with a document; moods come from a file beside it.
const ENGINE: &str = include_str!("document_printer/engine.sh");
const START_TIMEOUT: Duration = Duration::from_secs(20);

pub struct DocumentPrinter {
    folder: PathBuf,
    port: u16,
    child: Option<Child>,
    mood: Mood,
}

impl DocumentPrinter {
    /// Switches a printer on; what it prints lies in `folder`.
    ///
    /// # Errors
    /// When `ippeveprinter` is not installed or does not start.
    pub fn start(folder: &Path) -> io::Result<Self> {
        use std::os::unix::fs::PermissionsExt;

        surroundings::ensure()?;
        fs::create_dir_all(folder.join("spool"))?;
        fs::create_dir_all(folder.join("printed"))?;
        // The printer starts its engine from a folder of its own choice.
        let folder = &folder.canonicalize()?;
        let engine = folder.join("engine.sh");
        fs::write(&engine, ENGINE)?;
        fs::set_permissions(&engine, fs::Permissions::from_mode(0o755))?;
        let mut printer = Self {
            folder: folder.to_path_buf(),
            port: free_port()?,
            child: None,
            mood: Mood::Well,
        };
        printer.write_mood()?;
        // Between the asking for a port and its use somebody else may have taken it.
        let given_up = Instant::now() + START_TIMEOUT;
        while let Err(error) = printer.switch_on() {
            if Instant::now() > given_up || error.kind() == io::ErrorKind::NotFound {
                return Err(error);
            }
            printer.port = free_port()?;
        }
        Ok(printer)
    }

    pub fn uri(&self) -> String {
        format!("ipp://localhost:{}/ipp/print", self.port)
    }

    pub fn mood(&self) -> Mood {
        self.mood
    }

    /// # Errors
    /// When the printer cannot be reached to change it.
    pub fn set_mood(&mut self, mood: Mood) -> io::Result<()> {
        let before = std::mem::replace(&mut self.mood, mood);
        if before == Mood::Dead {
            self.signal(Signal::SIGCONT);
        }
        // A jam is cleared and a cover shut by hand, and the printer starts anew.
        let restart = matches!(before, Mood::Jam | Mood::Gone) && mood != Mood::Gone;
        if restart || mood == Mood::Gone {
            self.switch_off();
        }
        self.write_mood()?;
        if restart {
            self.switch_on()?;
        }
        match mood {
            Mood::Dead => self.signal(Signal::SIGSTOP),
            Mood::PaperOut => fill_tray(self.port, 0)?,
            Mood::Well if matches!(before, Mood::PaperOut | Mood::PaperLow) => {
                fill_tray(self.port, 250)?
            }
            Mood::Well | Mood::Slow | Mood::PaperLow | Mood::Jam | Mood::CoverOpen | Mood::Gone => {
            }
        }
        Ok(())
    }

    /// Names and contents of everything that came out, by name.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn printed(&self) -> io::Result<Vec<(String, Vec<u8>)>> {
        let mut printed = Vec::new();
        for file in fs::read_dir(self.folder.join("printed"))? {
            let file = file?;
            printed.push((
                file.file_name().to_string_lossy().into_owned(),
                fs::read(file.path())?,
            ));
        }
        printed.sort();
        Ok(printed)
    }

    /// What came out last.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn newest(&self) -> io::Result<Option<Vec<u8>>> {
        let mut newest = None;
        for file in fs::read_dir(self.folder.join("printed"))? {
            let file = file?;
            let printed_at = file.metadata()?.modified()?;
            newest = newest.max(Some((printed_at, file.path())));
        }
        newest.map(|(_, file)| fs::read(file)).transpose()
    }

    fn write_mood(&self) -> io::Result<()> {
        let mood = match self.mood {
            Mood::Well | Mood::Dead | Mood::Gone => "well",
            Mood::Slow => "slow",
            Mood::PaperLow => "paper-low",
            Mood::PaperOut => "paper-out",
            Mood::Jam => "jam",
            Mood::CoverOpen => "cover-open",
        };
        // Renamed, so that the engine never reads half of it.
        fs::write(self.folder.join("mood.new"), mood)?;
        fs::rename(self.folder.join("mood.new"), self.folder.join("mood"))
    }

    fn switch_on(&mut self) -> io::Result<()> {
        let mut command = Command::new("ippeveprinter");
        command
            .args([
                "-k",
                "-n",
                "localhost",
                "-f",
                "application/pdf",
                "-p",
                &self.port.to_string(),
            ])
            .arg("-d")
            .arg(self.folder.join("spool"))
            .arg("-c")
            .arg(self.folder.join("engine.sh"))
            .arg(format!("Minwon A4 {}", self.port))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = self.child.insert(command.spawn()?);
        let given_up = Instant::now() + START_TIMEOUT;
        // What answers at its port while it has ended is somebody else.
        while let Err(error) = fill_tray(self.port, 250) {
            if Instant::now() > given_up || child.try_wait()?.is_some() {
                return Err(error);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        if self.mood == Mood::PaperOut {
            fill_tray(self.port, 0)?;
        }
        Ok(())
    }

    fn switch_off(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn signal(&self, signal: Signal) {
        let id = self
            .child
            .as_ref()
            .and_then(|child| i32::try_from(child.id()).ok());
        if let Some(id) = id {
            let _ = kill(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for DocumentPrinter {
    fn drop(&mut self) {
        self.signal(Signal::SIGCONT);
        self.switch_off();
    }
}

fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// The printer's web form, as whoever refills the tray would fill it in. The
/// tray for single sheets stays full, so that only the main one counts.
fn fill_tray(port: u16, sheets: u32) -> io::Result<()> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "GET /media?size1=iso_a4_210x297mm&type1=stationery&level1={sheets}\
         &size3=iso_a4_210x297mm&type3=stationery&level3=25 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    Ok(())
}
