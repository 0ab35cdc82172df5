//! `autonomia serve`: publishes the courses and answers, until it is told to stop.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::System;
use actix_web::web::Data;
use anyhow::{Context as _, ensure};
use time::{Date, OffsetDateTime};

use crate::content::compiler::Compiler;
use crate::content::{Catalogue, source};
use crate::db::{self, Db, files};
use crate::domain::calendar::rome_day;
use crate::domain::locale::Lang;
use crate::domain::region::Region;
use crate::web::published::Published;
use crate::web::publisher::{FoundCourse, Publisher};
use crate::web::state::{Clock, Settings, State, StateParts};
use crate::web::templates::{SiteOwner, Templates};
use crate::web::throttle::ThrottleLimits;
use crate::web::{self, connections};

use super::keys::Keys;
use super::lang::LangArgs;
use super::site::{self, Listen};
use super::stop::Stop;
use super::welcome::{self, New};
use super::{Outcome, Place, check, known, marks, progress, tidy, watch};

/// Publish the courses and serve the site
///
/// The first line on standard output is the address, once it answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia serve
  autonomia serve --watch --content corsi
  autonomia serve --listen 0.0.0.0:8080 --database postgres://autonomia@localhost/autonomia \\
      --address https://autonomia.example.org --secure-cookies --behind-proxy")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
}

/// What `serve` and `demo` share.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct SiteArgs {
    /// Address or name, and port; port 0 takes a free one
    #[arg(
        long,
        env = "AUTONOMIA_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS",
        value_parser = Listen::parse
    )]
    listen: Listen,
    /// The course folder
    #[arg(
        long,
        env = "AUTONOMIA_CONTENT",
        default_value = "content",
        value_name = "DIR"
    )]
    pub(super) content: PathBuf,
    /// The region whose addresses, numbers and rules the courses tell, such as `puglia`
    #[arg(
        long,
        env = "AUTONOMIA_REGION",
        value_name = "NAME",
        value_parser = site::region
    )]
    region: Option<Region>,
    /// Where `/metrics` answers; nowhere without it
    #[arg(
        long,
        env = "AUTONOMIA_METRICS",
        value_name = "ADDRESS",
        value_parser = Listen::parse
    )]
    metrics: Option<Listen>,
    /// Publish again whenever a file of the folder changes
    #[arg(long, env = "AUTONOMIA_WATCH")]
    watch: bool,
    /// Send cookies over https only; for a site behind TLS
    #[arg(long, env = "AUTONOMIA_SECURE_COOKIES")]
    secure_cookies: bool,
    /// A proxy stands before, and the last address of X-Forwarded-For is the visitor's
    #[arg(long, env = "AUTONOMIA_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Wrong tries to enter from one address before the next one has to wait
    #[arg(
        long,
        env = "AUTONOMIA_WRONG_TRIES",
        value_name = "N",
        default_value_t = ThrottleLimits::default().sign_ins
    )]
    wrong_tries: u32,
    /// Connections from one address at one time; without a limit behind a proxy
    #[arg(
        long,
        env = "AUTONOMIA_CONNECTIONS_PER_ADDRESS",
        value_name = "N",
        default_value_t = 256
    )]
    connections_per_address: usize,
    /// The site's own address, scheme and host, for what is printed
    #[arg(
        long,
        env = "AUTONOMIA_ADDRESS",
        value_name = "URL",
        value_parser = site::origin
    )]
    address: Option<String>,
    /// Whom to tell about a weakness of the site: an e-mail address or a page (security.txt)
    #[arg(long, env = "AUTONOMIA_SECURITY_CONTACT", value_name = "CONTACT", value_parser = site::contact)]
    security_contact: Option<String>,
    /// The page of the accessibility statement at AgID
    #[arg(
        long,
        env = "AUTONOMIA_STATEMENT",
        value_name = "URL",
        value_parser = site::page
    )]
    statement: Option<String>,
    /// The programme that the public totals page shows, where there are several
    #[arg(long, env = "AUTONOMIA_PROGRAMME", value_name = "CODE")]
    programme: Option<String>,
    /// Whose service this is, for the top of every page
    #[arg(long, env = "AUTONOMIA_OWNER", value_name = "NAME")]
    owner: Option<String>,
    /// The address of the owner's own site
    #[arg(
        long,
        env = "AUTONOMIA_OWNER_URL",
        value_name = "URL",
        value_parser = site::page,
        requires = "owner"
    )]
    owner_url: Option<String>,
    #[command(flatten)]
    pub(super) lang: LangArgs,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut impl Write) -> anyhow::Result<Outcome> {
    System::new().block_on(async {
        let stop = Stop::listen()?;
        log();
        must_be_course(&args.site.content, args.site.lang.lang())?;
        let listener = args.site.bind()?;
        let opened = stop.unless(open(place)).await.transpose()?;
        let Some((db, keys, new, first)) = opened else {
            return Ok(Outcome::Yes);
        };
        let stop = &stop;
        serve(
            &args.site,
            listener,
            db,
            keys,
            stop,
            |address, published| {
                writeln!(out, "{address}")?;
                out.flush()?;
                let places = welcome::places(place, new);
                let mut text = format!("{published}\n{places}\nopen       {address}\n");
                if let Some(first) = first {
                    text = format!("{text}first      {first}\n");
                }
                // A server whose words nobody takes serves all the same.
                let _ = std::io::stderr().write_all(text.as_bytes());
                Ok(())
            },
        )
        .await
    })
}

/// Opens the database, after a look at whether it is whole: a damaged one is never served.
async fn open(place: &Place) -> anyhow::Result<(Db, Keys, New, Option<String>)> {
    db::check_file(&place.database.database).await?;
    let had_keys = place.keys.keys.exists();
    let (db, new) = place.database.open_new().await?;
    let keys = place.keys.of(&db).await?;
    let new = New {
        database: new,
        keys: !had_keys && place.keys.keys.exists(),
    };
    let first = welcome::first(&db, place).await?;
    Ok((db, keys, new, first))
}

impl SiteArgs {
    /// The network to try is Puglia's, unless another region is named.
    pub(super) fn or_region(mut self, region: Region) -> Self {
        self.region.get_or_insert(region);
        self
    }

    fn owner(&self) -> SiteOwner {
        SiteOwner {
            name: self.owner.clone(),
            url: self.owner_url.clone(),
            address: self.address.clone(),
        }
    }

    /// Takes the port before anything slow, so that a port in use is told at once.
    pub(super) fn bind(&self) -> anyhow::Result<TcpListener> {
        self.listen.bind()
    }
}

impl SiteArgs {
    /// A network to try is printed with the address it is tried at.
    pub(super) fn or_address(&self, address: SocketAddr) -> Self {
        let here = (!address.ip().is_unspecified()).then(|| format!("http://{address}"));
        Self {
            address: self.address.clone().or(here),
            ..self.clone()
        }
    }
}

/// The courses of a folder, to be known before they are served.
pub(super) fn courses(
    folder: &Path,
    now: OffsetDateTime,
    lang: Lang,
) -> anyhow::Result<Arc<Catalogue>> {
    must_be_course(folder, lang)?;
    let build = Compiler::new(folder).compile(rome_day(now));
    let build =
        build.with_context(|| format!("cannot read the courses in {}", folder.display()))?;
    Ok(build.catalogue)
}

/// Refuses a folder that is none, or has no course in it.
pub(super) fn must_be_course(folder: &Path, lang: Lang) -> anyhow::Result<()> {
    check::must_be_folder(folder, lang)?;
    let modules = source::has_modules(folder)
        .with_context(|| check::about("course-unreadable", folder, lang))?;
    ensure!(modules, check::no_course(folder, lang));
    Ok(())
}

/// Publishes, tells the address and what was published once it is true, and serves until Ctrl-C,
/// SIGTERM or SIGHUP; the requests under way are finished. Told twice, it stops at once.
pub(super) async fn serve(
    site: &SiteArgs,
    listener: TcpListener,
    db: Db,
    keys: Keys,
    stop: &Stop,
    ready: impl FnOnce(&str, &str) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let _serving = db::serving(&db).await?;
    if let Some(file) = files::sqlite_file(db.url()).filter(|file| files::is_open_folder(file)) {
        let folder = file.parent().unwrap_or(&file).display();
        tracing::warn!("others may list the folder {folder}; its files are for the owner only");
    }
    if let Some(code) = &site.programme {
        known::programme(&db, code).await?;
    }
    let shown = progress::show();
    let metrics = site.metrics.as_ref().map(Listen::bind).transpose()?;
    let address = format!("http://{}", listener.local_addr()?);
    let templates = Arc::new(Templates::load(&site.owner())?);
    let publisher = Publisher::new(&site.content, Arc::clone(&templates)).in_region(site.region);
    let clock = Clock::System;
    let made = stop.unless(publish(publisher, rome_day(clock.now()))).await;
    drop(shown);
    let Some((publisher, content, found)) = made.transpose()? else {
        db.close().await?;
        return Ok(Outcome::Yes);
    };
    let published = welcome::published(&content.catalogue, &found, &site.content, site.lang.lang());
    let vault = keys.vault.clone();
    let state = Data::new(State::new(StateParts {
        db: db.clone(),
        content,
        templates,
        vault: keys.vault,
        signing_key: keys.signing,
        clock,
        settings: Settings {
            secure_cookies: site.secure_cookies,
            behind_proxy: site.behind_proxy,
            connections: connections::ConnectionLimits::of_system(
                (!site.behind_proxy).then_some(site.connections_per_address),
            ),
            limits: ThrottleLimits {
                sign_ins: site.wrong_tries.max(1),
                ..ThrottleLimits::default()
            },
            programme: site.programme.clone(),
            address: site.address.clone(),
            statement: site.statement.clone(),
            security_contact: site.security_contact.clone(),
        },
    }));
    if site.watch {
        let (state, lang) = (state.clone().into_inner(), site.lang.lang());
        watch::start(&site.content, publisher, state, lang)?;
    } else {
        // What it keeps to publish again is of no use.
        drop(publisher);
    }
    let door = listener.try_clone()?;
    let marks = marks::Marks::begin(&db);
    let watch = actix_web::rt::spawn(look_after(db.clone()));
    let metrics = metrics.map(|listener| web::metrics::server(state.clone(), listener));
    if let Some(metrics) = metrics.transpose()? {
        actix_web::rt::spawn(metrics);
    }
    if site.address.is_none() {
        tracing::warn!(
            "cards and sheets are printed without the site's address: give it with --address"
        );
    }
    let server = web::server(state.clone(), listener)?;
    let counting = actix_web::rt::spawn(web::missed::keep(state.clone()));
    let (handle, told) = (server.handle(), stop.clone());
    actix_web::rt::spawn(async move {
        told.told(1).await;
        tokio::select! {
            () = web::stop(&state, &handle, door) => {}
            () = told.told(2) => handle.stop(false).await,
        }
    });
    let tidy = actix_web::rt::spawn(tidy::nightly(db.clone(), vault));
    ready(&address, &published)?;
    server.await?;
    tidy.abort();
    counting.abort();
    watch.abort();
    marks.end().await;
    db.close().await?;
    Ok(Outcome::Yes)
}

/// Looks after the database also where nobody asks `/health/ready`: a file that is damaged is found,
/// said in the log, and not written to any more.
async fn look_after(db: Db) {
    const EVERY: Duration = Duration::from_secs(30);
    let mut looks = actix_web::rt::time::interval(EVERY);
    loop {
        looks.tick().await;
        db.health().await;
    }
}

/// Publishes on a thread of its own, so that a signal is heard meanwhile; told to stop, nobody
/// waits for it.
async fn publish(
    mut publisher: Publisher,
    today: Date,
) -> anyhow::Result<(Publisher, Arc<Published>, FoundCourse)> {
    let (done, wait) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("autonomia-publish".to_owned())
        .spawn(move || {
            let published = publisher.publish(today);
            // Nobody waits any more when the program stops.
            let _ = done.send((publisher, published));
        })?;
    let (publisher, published) = wait.await.context("publishing stopped half-way")?;
    let (content, found) = published?;
    Ok((publisher, content, found))
}

/// Logs go to standard error: warnings and errors, or what `RUST_LOG` asks for.
pub(super) fn log() {
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".to_owned());
    web::log::install(&filter, std::io::stderr);
}
