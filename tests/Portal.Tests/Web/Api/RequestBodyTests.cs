using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Api;

namespace Portal.Tests.Web.Api;

public sealed class RequestBodyTests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData(Json, """{"some_text": "ä", "yes": true, "number": 5}""")]
    [InlineData("application/json; charset=UTF-8", """{"some_text": "\u00e4", "yes": "true", "number": "5"}""")]
    [InlineData(Form, "some_text=%C3%A4&yes=on&number=5")]
    [InlineData(Form + "; charset=\"utf-8\"", "some_text=%C3%A4&yes=on&number=5")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=some_text\r\n\r\nä\r\n--x\r\nContent-Disposition: form-data; name=yes\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=number\r\n\r\n5\r\n--x--\r\n")]
    public async Task Json_and_forms_say_the_same(string type, string body)
    {
        var input = await RequestBody.ReadAsync<Input>(Request(type, body));

        Assert.Equal(("ä", true, 5L), (input.SomeText, input.Yes, input.Number));
    }

    [Theory]
    [InlineData(Json, """{"within": {"number": 5}}""")]
    [InlineData(Form, "within.number=5")]
    public async Task What_lies_in_an_object_is_in_a_form_behind_a_full_stop(string type, string body) =>
        Assert.Equal(5, (await RequestBody.ReadAsync<Input>(Request(type, body))).Within?.Number);

    [Theory]
    [InlineData(Json, """{"names": ["a", "b"]}""", "a", "b")]
    [InlineData(Json, """{"names": ["a"]}""", "a")]
    [InlineData(Json, """{"names": []}""")]
    [InlineData(Form, "names=a&number=5&names=b", "a", "b")]
    [InlineData(Form, "names=a", "a")]
    [InlineData(Form, "names=")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=names\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=names\r\n\r\nb\r\n--x--\r\n", "a", "b")]
    public async Task A_list_is_in_a_form_its_field_once_for_each_value(string type, string body, params string[] names) =>
        Assert.Equal(names, (await RequestBody.ReadAsync<Input>(Request(type, body))).Names);

    [Theory]
    [InlineData(Json, """{"within": {"number": "x"}}""", "within.number")]
    [InlineData(Json, """{"within": 5}""", "within")]
    [InlineData(Form, "within=5", "within")]
    [InlineData(Json, """{"names": "a"}""", "names")]
    [InlineData(Json, """{"names": ["a", 5]}""", "names")]
    [InlineData(Json, """{"numbers": [1, "x"]}""", "numbers")]
    [InlineData(Form, "numbers=1&numbers=x", "numbers")]
    [InlineData(Form, "names.0=a", "names")]
    [InlineData(Form, "some_text=a&some_text=b", "some_text")]
    public async Task What_is_no_list_of_such_values_is_refused_by_its_name(string type, string body, string field)
    {
        var refused = await Assert.ThrowsAsync<UnreadableBodyException>(() => RequestBody.ReadAsync<Input>(Request(type, body)));

        Assert.Equal(field, (await ToldAsync(refused)).GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData(Json, """{"some_txet": "a", "yes": true, "Number": {"deep": [1]}}""", "some_txet", "Number")]
    [InlineData(Json, """{"__RequestVerificationToken": "a"}""", "__RequestVerificationToken")]
    [InlineData(Form, "some_text=a&__RequestVerificationToken=b&number=5&nam.es=a", "nam")]
    [InlineData(Form, "some_txet=a&__RequestVerificationToken=b", "some_txet")]
    [InlineData(Json, """{"within": {"some_txet": "a", "number": 5, "deeper": {}}}""", "within.some_txet", "within.deeper")]
    [InlineData(Json, """{"within.number": 5, "within": {"number": 5}}""", "within.number")]
    [InlineData(Form, "within.number=5&within.some_txet=a", "within.some_txet")]
    public async Task What_the_input_does_not_have_is_refused_by_the_name_it_was_given(string type, string body, params string[] fields)
    {
        var http = Request(type, body);
        http.RequestServices = new ServiceCollection().AddAntiforgery().AddLogging().BuildServiceProvider();

        var refused = await Assert.ThrowsAsync<UnreadableBodyException>(() => RequestBody.ReadAsync<Input>(http));

        Assert.Equal(fields, (await ToldAsync(refused)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("""{"some\u005ftext": "a"}""", Json)]
    [InlineData("some_text=a&__RequestVerificationToken=b", Form)]
    public async Task What_is_only_spelt_otherwise_or_comes_with_a_page_is_taken(string body, string type)
    {
        var http = Request(type, body);
        http.RequestServices = new ServiceCollection().AddAntiforgery().AddLogging().BuildServiceProvider();

        Assert.Equal("a", (await RequestBody.ReadAsync<Input>(http)).SomeText);
    }

    [Theory]
    [InlineData(Json, "{}")]
    [InlineData(Json, """{"some_text": null}""")]
    [InlineData(Form, "")]
    [InlineData(null, "")]
    public async Task What_is_not_said_stays_at_its_default(string? type, string body)
    {
        var input = await RequestBody.ReadAsync<Input>(Request(type, body));

        Assert.Equal((null, false, null), (input.SomeText, input.Yes, input.Number));
    }

    [Theory]
    [InlineData(400, Json, "")]
    [InlineData(400, Json, "null")]
    [InlineData(400, Json, "[]")]
    [InlineData(400, Json, "{")]
    [InlineData(400, Json, "{\"some_text\":}")]
    [InlineData(400, Json, """{"some_text": 5}""")]
    [InlineData(400, Json, """{"some_text": "\ud800"}""")]
    [InlineData(400, Json, """{"some_text": "a", "\ud800": 1}""")]
    [InlineData(400, Json, """{"some_text": "a", "some_text": "b"}""")]
    [InlineData(400, Json, """{"yes": "perhaps"}""")]
    [InlineData(400, Json, """{"yes": 1}""")]
    [InlineData(400, Json, """{"number": 99999999999999999999}""")]
    [InlineData(400, Json, """{"unknown": [[[[[[[[[[[]]]]]]]]]]]}""")]
    [InlineData(400, Form, "some_text=a&some_text=b")]
    [InlineData(400, Form, "yes=perhaps")]
    [InlineData(400, "multipart/form-data; boundary=x", "garbage")]
    [InlineData(400, "multipart/form-data", "garbage")]
    [InlineData(400, "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=some_text\r\nContent-Type: text/plain; charset=utf-7\r\n\r\na\r\n--x--\r\n")]
    [InlineData(415, null, "{}")]
    [InlineData(415, "text/plain", "{}")]
    [InlineData(415, "application/json; charset=utf-16", "{}")]
    [InlineData(415, Form + "; charset=utf-7", "some_text=a")]
    [InlineData(415, Form + "; charset=\"utf-7\"", "some_text=a")]
    [InlineData(415, Form + "; charset=nonsense", "some_text=a")]
    [InlineData(415, "multipart/form-data; boundary=x; charset=utf-7", "--x--")]
    public async Task What_cannot_be_read_is_refused(int status, string? type, string body)
    {
        var refused = await Assert.ThrowsAsync<UnreadableBodyException>(() => RequestBody.ReadAsync<Input>(Request(type, body)));

        Assert.Equal(status, refused.Problem.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_refused()
    {
        var http = Request(Json, "");
        byte[] body = [.. "{\""u8, 0xff, .. "\":1}"u8];
        (http.Request.Body, http.Request.ContentLength) = (new MemoryStream(body), body.Length);

        var refused = await Assert.ThrowsAsync<UnreadableBodyException>(() => RequestBody.ReadAsync<Input>(http));

        Assert.Equal(400, refused.Problem.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_long_body_is_not_read_to_its_end(bool saysItsLength)
    {
        var http = Request(Json, $$"""{"some_text": "{{new string('a', RequestBody.MaxLength)}}"}""");
        http.Request.ContentLength = saysItsLength ? http.Request.ContentLength : null;

        var refused = await Assert.ThrowsAsync<UnreadableBodyException>(() => RequestBody.ReadAsync<Input>(http));

        Assert.Equal(413, refused.Problem.StatusCode);
        Assert.InRange(http.Request.Body.Position, 0, RequestBody.MaxLength + 1);
    }

    private static async Task<JsonElement> ToldAsync(UnreadableBodyException refused)
    {
        var answer = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        answer.RequestServices = new ServiceCollection().AddLogging().ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower).BuildServiceProvider();
        await refused.Problem.ExecuteAsync(answer);
        Assert.Equal((400, "application/problem+json"), (answer.Response.StatusCode, answer.Response.ContentType));
        answer.Response.Body.Position = 0;
        return await JsonSerializer.DeserializeAsync<JsonElement>(answer.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static DefaultHttpContext Request(string? type, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new DefaultHttpContext { Request = { ContentType = type, Body = new MemoryStream(bytes), ContentLength = bytes.Length } };
    }

    private sealed class Input
    {
        public string? SomeText { get; init; }

        public bool Yes { get; init; }

        public long? Number { get; init; }

        public IReadOnlyList<string>? Names { get; init; }

        public IReadOnlyList<long>? Numbers { get; init; }

        public Part? Within { get; init; }

        public sealed class Part
        {
            public long? Number { get; init; }
        }
    }
}
