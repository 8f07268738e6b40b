//! The one file that listens: connections on 127.0.0.1 to requests, and answers back.
//!
//! In: the options. Out: nothing but answers, until the window is closed or Ctrl-C. One thread reads and writes; pages are made
//! on a few others, so that a slow one keeps nobody waiting.

use std::borrow::Cow;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::answer::{answer, said};
use super::build::Build;
use super::door::{Door, unguessable};
use super::intake;
use super::options::Browse;
use super::post::{self, Form};
use super::request::{HEADERS, Method, Request, Response};
use super::wrong::{REBUILT, Wrong};
use crate::finding::Error;
use crate::screen;

/// The port that is tried first.
const PORT: u16 = 4733;
/// How many ports after it are tried.
const TRIES: u16 = 20;
/// The most connections at once.
const CONNECTIONS: usize = 16;
/// The longest silence of a reader.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a page is begun because tables are replaced meanwhile.
const TRIES_OF_A_PAGE: usize = 3;
/// The longest head of a request.
const HEAD: usize = 16 << 10;

/// A server that has its port and answers nobody yet.
pub struct Server {
    listener: std::net::TcpListener,
    door: Arc<Door>,
    build: Arc<RwLock<Arc<Build>>>,
}

impl Server {
    /// Opens the build and takes a port.
    ///
    /// # Errors
    /// There is no build, or no port is free.
    pub fn open(options: &Browse) -> Result<Server, Error> {
        let build = Arc::new(Build::open(options)?);
        if !options.read_only {
            settle(&build);
        }
        let listener = listen(options.port)?;
        let port = listener.local_addr().map_err(Error::reading)?.port();
        let door = Arc::new(Door::new(port, unguessable()?));
        Ok(Server { listener, door, build: Arc::new(RwLock::new(build)) })
    }

    /// The address that lets its reader in.
    pub fn address(&self) -> String {
        self.door.address("/")
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// The system refuses to wait for connections.
    pub fn run(self) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(3)
            .build()
            .map_err(Error::reading)?;
        runtime.block_on(self.answer_all()).map_err(Error::reading)
    }

    async fn answer_all(self) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(self.listener)?;
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        let local = tokio::task::LocalSet::new();
        local
            .run_until(async move {
                loop {
                    // Who comes when all seats are taken waits until one is free.
                    let Ok(seat) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
                    let Ok((stream, _)) = listener.accept().await else { continue };
                    let (door, build) = (Arc::clone(&self.door), Arc::clone(&self.build));
                    tokio::task::spawn_local(async move {
                        let _seat = seat;
                        connection(stream, door, build).await;
                    });
                }
            })
            .await
    }
}

/// Answers the requests of one connection.
async fn connection(stream: TcpStream, door: Arc<Door>, build: Arc<RwLock<Arc<Build>>>) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (door, build) = (Arc::clone(&door), Arc::clone(&build));
        async move { Ok::<_, Infallible>(respond(request, &door, build).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SILENCE)
        .max_buf_size(HEAD)
        // A browser that holds its connections would hold the seats of others.
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    // A reader who is gone, or whose words are no HTTP, is no matter of ours.
    let _ = served.await;
}

async fn respond(
    asked: hyper::Request<Incoming>,
    door: &Door,
    build: Arc<RwLock<Arc<Build>>>,
) -> hyper::Response<Full<Bytes>> {
    let mut request = read(&asked);
    let method = request.method;
    if let Some(refused) = door.refuse(&request) {
        return written(refused, method);
    }
    if method == Method::Post {
        let kind = one(asked.headers(), header::CONTENT_TYPE).unwrap_or_default();
        match post::read(&kind, asked.into_body(), SILENCE).await {
            Ok(form) => request.form = form,
            Err(wrong) => return written(made(build, move |build| said(&current(build), &wrong)).await, method),
        }
    }
    let target = request.target.clone();
    match method {
        // A deed is done once, whatever becomes of the tables meanwhile.
        Method::Post => written(made(build, move |build| answer(&current(build), &request)).await, method),
        _ => written(
            made(build, move |build| of_one_build(build, &target, &|build| answer(build, &request))).await,
            method,
        ),
    }
}

/// A page, made on another thread than the one that reads and writes.
async fn made(
    build: Arc<RwLock<Arc<Build>>>,
    page: impl FnOnce(&RwLock<Arc<Build>>) -> Response + Send + 'static,
) -> Response {
    let made = tokio::task::spawn_blocking(move || page(&build)).await;
    made.unwrap_or_else(|_| {
        Response::plain(&Wrong::refused(500, "the page could not be made", "tell the makers of Abreast"))
    })
}

/// A page that is of one build: where a run replaces tables while it is made, it is made again from those that are there then.
fn of_one_build(build: &RwLock<Arc<Build>>, target: &str, page: &dyn Fn(&Build) -> Response) -> Response {
    let mut used = current(build);
    for _ in 0..TRIES_OF_A_PAGE {
        let response = page(&used);
        // What is part of the program is of no build.
        let is_ours = matches!(response.body, Cow::Borrowed(_));
        if is_ours || (used.is_there() && response.status != REBUILT) {
            return response;
        }
        used = current(build);
    }
    let wrong = used.newer().map_or_else(|error| Wrong::said(&error), |_| Wrong::rebuilt());
    said(&used, &wrong.link("Refresh", target))
}

/// The build as it is now: another that took its place is opened.
fn current(build: &RwLock<Arc<Build>>) -> Arc<Build> {
    let known = Arc::clone(&build.read().unwrap_or_else(PoisonError::into_inner));
    if known.is_current() {
        return known;
    }
    // Where it cannot be opened yet, the one before is kept, and no page is made of it.
    match known.newer() {
        Ok(opened) => {
            let opened = Arc::new(opened);
            *build.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&opened);
            opened
        }
        Err(_) => known,
    }
}

fn read(request: &hyper::Request<Incoming>) -> Request {
    let text = |name: HeaderName| one(request.headers(), name);
    Request {
        method: match *request.method() {
            hyper::Method::GET => Method::Get,
            hyper::Method::HEAD => Method::Head,
            hyper::Method::POST => Method::Post,
            _ => Method::Other,
        },
        target: request.uri().to_string(),
        host: text(header::HOST).unwrap_or_default(),
        origin: text(header::ORIGIN),
        cookie: text(header::COOKIE),
        form: Form::default(),
    }
}

/// The value of a header; of several, none can be trusted.
fn one(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?.to_owned();
    Some(if all.next().is_some() { String::new() } else { first })
}

fn written(response: Response, method: Method) -> hyper::Response<Full<Bytes>> {
    let length = response.body.len();
    let body = match (method, response.body) {
        (Method::Head, _) => Bytes::new(),
        (_, std::borrow::Cow::Borrowed(bytes)) => Bytes::from_static(bytes),
        (_, std::borrow::Cow::Owned(bytes)) => Bytes::from(bytes),
    };
    let mut answer = hyper::Response::new(Full::new(body));
    *answer.status_mut() =
        hyper::StatusCode::from_u16(response.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Some(policy) = response.policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(response.kind));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let disposition = response.name.map(|name| format!("attachment; filename=\"{name}\""));
    let given = [
        (header::LOCATION, response.location),
        (header::SET_COOKIE, response.cookie),
        (header::CONTENT_DISPOSITION, disposition),
        (header::REFRESH, response.refresh),
    ];
    for (name, value) in given {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    answer
}

/// Finishes what was broken off while files were filed.
fn settle(build: &Build) {
    match intake::room(build).settle() {
        Ok(failed) => failed.iter().for_each(|error| screen::note(format_args!("warning: {error}"))),
        Err(error) => screen::note(format_args!("warning: {error}")),
    }
}

/// The port asked for, or the first that is free.
fn listen(port: Option<u16>) -> Result<std::net::TcpListener, Error> {
    let at = |port| std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let taken = |port: u16, error: &io::Error| {
        let help = "leave `--port` out, and the next one that is free is taken and said";
        Error::usage(format!("port {port} of this computer cannot be listened on: {error}"), help)
    };
    match port {
        Some(port) => at(port).map_err(|error| taken(port, &error)),
        None => {
            let tried = (PORT..PORT + TRIES).find_map(|port| at(port).ok());
            tried.map_or_else(|| at(0).map_err(|error| taken(0, &error)), Ok)
        }
    }
}
