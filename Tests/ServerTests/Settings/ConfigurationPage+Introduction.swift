extension ConfigurationPage {
    static let introduction = """
        # Configuration

        Atrium starts without any setting. This page lists all of them; it is made of the sources and
        a test compares the two, so it is always true.

        ## Where settings come from

        Later ones win, member by member:

        1. the defaults below; some differ between `ENVIRONMENT=dev`, which is the default, and `prod`
        2. a file, named by `--config FILE` or `CONFIG_FILE`, in JSON5: JSON with comments, trailing
           commas and names without quotes
        3. the environment: `http.limits.headBytes` is `ATRIUM_HTTP_LIMITS_HEAD_BYTES`. An empty variable
           counts as none
        4. the command line: `--set http.limits.headBytes=64KiB`, and `--http HOST:PORT` (which may be
           given again), `--data DIR`

        ```json5
        {
            // atrium.json5
            baseURL: "https://auth.example.com",
            http: { listen: ["0.0.0.0:8080"], trustedProxies: ["10.0.0.0/8"] },
            auth: { session: { expiresAfter: "30d" } },
        }
        ```

        Lengths of time are `250ms`, `30s`, `15m`, `12h`, `7d`; sizes `512`, `32KiB`, `1MiB`. A list is
        written `a,b` where it has to be one word. A setting that does not exist is a mistake, and so
        are two variables that give one setting different values. The server then lists every mistake
        with its source and exits with status 2.

        `atrium config` prints each setting with its value and where that comes from; secrets are
        printed as `<secret>`. `atrium doctor` checks that what they name is there and works.

        ## Production

        With `ENVIRONMENT=prod` the server starts only with secrets of its own. Both commands print
        one that will do:

            export BETTER_AUTH_SECRET=$(openssl rand -base64 32)
            export ENCRYPTION_KEY=$(openssl rand -base64 32)

        Whoever loses `ENCRYPTION_KEY` cannot read what was encrypted with it. To rotate, put the new
        key in front and keep the old ones: `ENCRYPTION_KEYS=2:<new>,1:<old>`, where a plain
        `ENCRYPTION_KEY` has the id 1. `BETTER_AUTH_SECRETS=2:<new>,1:<old>` does the same for what
        signs cookies. In `dev` both are made once and kept in `<data>/secrets`, readable for their
        owner only.

        ## Database

        `DATABASE_URL` wins. Without it a PostgreSQL URL is made of `POSTGRES_HOST`, `POSTGRES_PORT`,
        `POSTGRES_DB`, `POSTGRES_USER`, `POSTGRES_PASSWORD` and `POSTGRES_SSL` (yes, no, or one of
        libpq's modes) when a host or a password is given. Without these the database is the file
        `atrium.db` in the data directory.

        """
}
