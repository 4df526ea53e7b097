package dev.grantway.admin.api;

import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.security.Task;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * The OpenAPI document of the REST API, at {@code /api/v1/openapi} for whoever has a token: every
 * call, the operator rights that may make it, and what refusals look like. {@code docs/rest-api.md}
 * says the rest.
 */
@Configuration
class ApiDocument {
  static final String RIGHTS = "x-grantway-rights";
  private static final String PROBLEM = "Problem";
  private static final String OPERATOR = "operator";
  private static final String AS_OF = "as-of";
  private static final Set<String> PAST = Set.of(AS_OF, "number");

  @Bean
  OpenAPI document() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Grantway")
                .version("1")
                .description("What the admin app does, for programs; docs/rest-api.md says more"))
        .components(
            new Components()
                .addSchemas(PROBLEM, problem())
                .addSecuritySchemes(
                    OPERATOR,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")))
        .servers(List.of(new Server().url("/")))
        .addSecurityItem(new SecurityRequirement().addList(OPERATOR));
  }

  /** RFC 9457, with a code for each cause. */
  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("trace", new StringSchema())
        .addProperty("rights", new ArraySchema().items(new StringSchema()))
        .addProperty(
            "problems",
            new ArraySchema()
                .items(
                    new ObjectSchema()
                        .addProperty("code", new StringSchema())
                        .addProperty("message", new StringSchema())));
  }

  @Bean
  OperationCustomizer rightsAndRefusals() {
    return (operation, call) -> {
      Needs needs = call.getMethodAnnotation(Needs.class);
      if (needs != null) {
        rights(operation, needs.value());
        answers(operation, needs.answers());
      }
      Optional.ofNullable(operation.getRequestBody()).ifPresent(it -> shape(it.getContent()));
      Optional.ofNullable(operation.getResponses())
          .ifPresent(all -> all.values().forEach(it -> shape(it.getContent())));
      refusals(operation);
      refusals(operation, call);
      if (needs != null && needs.pagesOfOneState()) {
        operation
            .getResponses()
            .addApiResponse("409", refusal("the list is another than the page before was of"));
      }
      if (call.hasMethodAnnotation(PostMapping.class)) {
        once(operation);
      }
      return operation;
    };
  }

  private static void rights(Operation operation, Task task) {
    List<String> rights = rights(task);
    operation.addExtension(RIGHTS, rights);
    operation.description("May be called by " + String.join(", ", rights));
  }

  /** The operator rights that allow a task, as tokens carry them. */
  static List<String> rights(Task task) {
    return Arrays.stream(OperatorRight.values())
        .filter(it -> it.allows(task))
        .map(OperatorRight::text)
        .toList();
  }

  /**
   * Bodies are written and read as bytes here: JSON is an object, anything else is text or a file.
   */
  private static void shape(@Nullable Content content) {
    if (content != null) {
      content.forEach(
          (type, body) ->
              body.setSchema(
                  type.equals(org.springframework.http.MediaType.APPLICATION_JSON_VALUE)
                      ? new ObjectSchema()
                      : new StringSchema()));
    }
  }

  private static void refusals(Operation operation) {
    ApiResponses responses =
        operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
    new TreeMap<>(
            Map.of(
                "400", "the request cannot be read",
                "401", "no token, or one that is not taken here",
                "403", "none of the caller's operator rights allows it",
                "429", "too many calls in a minute",
                "503", "the table does not answer"))
        .forEach((status, why) -> responses.addApiResponse(status, refusal(why)));
    operation.setResponses(responses);
  }

  /** springdoc knows of 200 alone; where there is nothing to say there is no body. */
  private static void answers(Operation operation, int[] statuses) {
    ApiResponses responses = operation.getResponses();
    ApiResponse known = responses.remove("200");
    for (int status : statuses) {
      ApiResponse answer = new ApiResponse().description(HttpStatus.valueOf(status).name());
      responses.addApiResponse(
          Integer.toString(status),
          known == null || status == HttpStatus.NO_CONTENT.value()
              ? answer
              : answer.content(known.getContent()));
    }
  }

  /** By what a call takes. */
  private static void refusals(Operation operation, HandlerMethod call) {
    ApiResponses responses = operation.getResponses();
    List<Parameter> takes =
        operation.getParameters() == null ? List.of() : operation.getParameters();
    boolean isPast = takes.stream().anyMatch(it -> PAST.contains(it.getName()));
    if (isPast || takes.stream().anyMatch(it -> it.getIn().equals("path"))) {
      responses.addApiResponse("404", refusal("what it names is not there, or was not then"));
    }
    if (isPast) {
      responses.addApiResponse("410", refusal("retention has passed that revision by"));
    }
    if (takes.stream().anyMatch(it -> it.getName().equals(AS_OF))) {
      responses.addApiResponse("422", refusal("that instant has not come yet"));
    }
    if (takes.stream().anyMatch(it -> it.getName().equals(HttpHeaders.IF_MATCH))) {
      responses.addApiResponse("412", refusal("it is not as If-Match names it"));
    }
    if (!call.hasMethodAnnotation(GetMapping.class)) {
      new TreeMap<>(
              Map.of(
                  "409", "other state is in its way",
                  "411", "the body does not say how long it is",
                  "413", "the body is too long",
                  "415", "the body is of another type than it takes",
                  "422", "it cannot be done as it is asked",
                  "502",
                      "what it asks elsewhere did not answer, or it is not known what became of it",
                  "507", "there is no room for what it keeps"))
          .forEach((status, why) -> responses.addApiResponse(status, refusal(why)));
    }
  }

  /** Every {@code POST} may be sent again under its key. */
  private static void once(Operation operation) {
    operation.addParametersItem(
        new HeaderParameter()
            .name(OnceKeys.HEADER)
            .required(false)
            .description(
                "the same call again under its key gets the same answer for 24 hours and is done"
                    + " once; in quotes")
            .schema(new StringSchema().pattern(OnceKeys.FORMAT)));
    operation
        .getResponses()
        .addApiResponse(
            "409",
            refusal("the call of that idempotency key is under way, or other state is in its way"))
        .addApiResponse(
            "422",
            refusal("the idempotency key is of another call, or rules do not bear this one"));
  }

  private static ApiResponse refusal(String why) {
    Schema<?> problem = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
    return new ApiResponse()
        .description(why.toLowerCase(Locale.ROOT))
        .content(
            new Content()
                .addMediaType(
                    org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                    new MediaType().schema(problem)));
  }
}
