-- Asks FinConsole whether a request may pass: http-request lua.finconsole in haproxy.cfg.
-- Leaves txn.finconsole_status (HTTP status; 0 where nothing was answered) and what FinConsole said of the caller.

local credentials = { "authorization", "x-auth-token", "x-api-key" }

local said = {
    ["x-tenant-id"] = "txn.finconsole_tenant",
    ["x-token-id"] = "txn.finconsole_token",
    ["x-cashier-id"] = "txn.finconsole_cashier",
    ["x-token-scopes"] = "txn.finconsole_scopes",
    ["x-environment"] = "txn.finconsole_environment",
    ["x-deny-reason"] = "txn.finconsole_deny",
    ["retry-after"] = "txn.finconsole_retry",
    ["www-authenticate"] = "txn.finconsole_challenge",
}

local function authorize(txn)
    local sent = txn.http:req_get_headers()
    -- The path as the client sent it, which is also what the API gets; never its query.
    local headers = {
        ["host"] = { "finconsole" },
        ["x-original-uri"] = { txn.f:path() },
        ["x-original-method"] = { txn.f:method() },
        ["x-forwarded-for"] = { txn.f:src() },
        ["x-forwarded-proto"] = { "https" },
    }
    for _, name in ipairs(credentials) do
        if sent[name] ~= nil then
            -- All of them, if one was sent twice: FinConsole refuses that, and a choice made here would hide it.
            local values = {}
            for index = 0, #sent[name] do
                values[#values + 1] = sent[name][index]
            end
            headers[name] = values
        end
    end

    local response = core.httpclient():get({
        url = "http://finconsole/api/v1/authorize",
        dst = "unix@finconsole.sock",
        headers = headers,
        timeout = 2000,
    })
    txn:set_var("txn.finconsole_status", response and response.status or 0)
    for name, variable in pairs(said) do
        local values = response and response.headers and response.headers[name]
        if values ~= nil then
            txn:set_var(variable, values[0])
        end
    end
end

core.register_action("finconsole", { "http-req" }, authorize, 0)
